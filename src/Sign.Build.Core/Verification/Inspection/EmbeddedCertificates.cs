using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>The certificates of a signature that can be read; what is malformed in another would surface in the middle of a rule.</summary>
internal static class EmbeddedCertificates
{
    /// <param name="certificates">
    /// What <see cref="SignedCms.Certificates"/> gave, once: it decodes every certificate each time that it is asked, which is
    /// most of the work of reading a signature.
    /// </param>
    public static X509Certificate2[] Of(X509Certificate2Collection certificates) => [.. certificates.Where(CertificateContent.IsReadable)];

    /// <summary>The signer's own, or null where it is not there or cannot be read.</summary>
    public static X509Certificate2? OfSigner(SignerInfo signer) => signer.Certificate is { } certificate && CertificateContent.IsReadable(certificate) ? certificate : null;
}
