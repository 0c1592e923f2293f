using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>
/// The certificates of a signature that can be read. The platform decodes a certificate's fields when they are asked for:
/// a date or a name that is malformed would otherwise surface in the middle of a rule.
/// </summary>
internal static class EmbeddedCertificates
{
    /// <param name="certificates">
    /// What <see cref="SignedCms.Certificates"/> gave, once: it decodes every certificate each time that it is asked, which is
    /// most of the work of reading a signature.
    /// </param>
    public static X509Certificate2[] Of(X509Certificate2Collection certificates) => [.. certificates.Where(IsReadable)];

    /// <summary>The signer's own, or null where it is not there or cannot be read.</summary>
    public static X509Certificate2? OfSigner(SignerInfo signer) => signer.Certificate is { } certificate && IsReadable(certificate) ? certificate : null;

    private static bool IsReadable(X509Certificate2 certificate)
    {
        try
        {
            _ = certificate.NotBefore;
            _ = certificate.NotAfter;
            _ = certificate.SubjectName.Name;
            _ = certificate.IssuerName.Name;
            _ = certificate.SignatureAlgorithm.Value;
            _ = certificate.PublicKey.Oid.Value;
            _ = certificate.Extensions.Count;
            return true;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return false;
        }
    }
}
