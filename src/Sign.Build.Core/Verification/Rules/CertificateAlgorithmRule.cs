using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5014: the certificate was signed by its issuer with RSA, PKCS #1 v1.5 padding and SHA-2. nuget.org looks at the issuers
/// too, and rejects weak signatures among them; the root's signature over itself means nothing.
/// </summary>
internal sealed class CertificateAlgorithmRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        if (!AcceptedAlgorithms.IsCertificateSignature(subject.Certificate.SignatureAlgorithm.Value))
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                subject.Role.Fix("a certificate that its issuer signed with RSA (PKCS #1 v1.5) and SHA-256, SHA-384 or SHA-512"),
                subject.Subject,
                $"is signed by its issuer with {AcceptedAlgorithms.Name(subject.Certificate.SignatureAlgorithm)}",
                subject.Role.Codes.Algorithm);
        }

        if (context.Policy.Name == PolicyName.NuGetOrg && subject.Chain(context).Certificates.Skip(1).SkipLast(1).FirstOrDefault(IsWeak) is { } issuer)
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                subject.Role.Fix("a certificate whose issuers' certificates are signed with SHA-2"),
                subject.Subject,
                $"has the issuer {CertificateUse.Describe(issuer)}, whose certificate is signed with {AcceptedAlgorithms.Name(issuer.SignatureAlgorithm)}",
                nuGetCode: null);
        }
    }

    private static bool IsWeak(X509Certificate2 certificate) => AcceptedAlgorithms.IsWeakCertificateSignature(certificate.SignatureAlgorithm.Value);
}
