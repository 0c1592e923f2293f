using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Development;

/// <summary>A certificate of the development authority and its private key, as they lie in the file: DER and PKCS#8.</summary>
internal sealed record DevelopmentCertificate(byte[] Certificate, byte[] PrivateKey)
{
    /// <summary>A new instance that the caller owns.</summary>
    public X509Certificate2 OpenCertificate() => X509CertificateLoader.LoadCertificate(Certificate);

    /// <summary>A new instance that the caller owns.</summary>
    public RSA OpenPrivateKey()
    {
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(PrivateKey, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }
}
