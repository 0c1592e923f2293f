using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5007: the key is RSA of 2048 bits or more.</summary>
internal sealed class CertificateKeyRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        if (DescribeWeakness(subject.Certificate) is { } weakness)
        {
            yield return Diagnostics.WeakKey(
                subject.Role.Fix($"a certificate that has an RSA key of {AcceptedAlgorithms.MinimumKeySize} bits or more"), subject.Subject, weakness, subject.Role.Codes.Key);
        }
    }

    private static string? DescribeWeakness(X509Certificate2 certificate)
    {
        try
        {
            using var key = certificate.GetRSAPublicKey();
            return key is null ? $"a key that is not RSA ({AcceptedAlgorithms.Name(certificate.PublicKey.Oid)})"
                : key.KeySize < AcceptedAlgorithms.MinimumKeySize ? $"an RSA key of {key.KeySize} bits"
                : null;
        }
        catch (CryptographicException)
        {
            return "a key that cannot be read";
        }
    }
}
