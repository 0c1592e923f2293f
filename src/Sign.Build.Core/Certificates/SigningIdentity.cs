using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// A certificate, the private key that belongs to it, and the certificates that help to build its chain.
/// Owns all of them. The key may live elsewhere (vault, token): it only has to sign digests, and may be used by several threads.
/// </summary>
public sealed class SigningIdentity : IDisposable
{
    /// <summary>Takes ownership of everything it is given.</summary>
    public SigningIdentity(X509Certificate2 certificate, RSA privateKey, IReadOnlyList<X509Certificate2> additionalCertificates)
    {
        Certificate = certificate;
        PrivateKey = privateKey;
        AdditionalCertificates = additionalCertificates;
        Fingerprint = Certificates.Fingerprint.Sha256(certificate);

        // All packages of a build read them, several at a time.
        CertificateContent.IsReadable(certificate);
        foreach (var additional in additionalCertificates)
        {
            CertificateContent.IsReadable(additional);
        }
    }

    /// <summary>The signing certificate. Its private key is not used; <see cref="PrivateKey"/> is.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The key that signs, RSASSA-PKCS1-v1_5 over a digest.</summary>
    public RSA PrivateKey { get; }

    /// <summary><see cref="PrivateKey"/> for one use: where the key is a remote one, its calls end with <paramref name="cancellationToken"/>.</summary>
    /// <remarks>The result belongs to this identity; do not dispose it.</remarks>
    public RSA KeyFor(CancellationToken cancellationToken) =>
        PrivateKey is ICancellableKey key ? key.With(cancellationToken) : PrivateKey;

    /// <summary>Certificates that came with the signing certificate: intermediates, perhaps the root. In no order.</summary>
    public IReadOnlyList<X509Certificate2> AdditionalCertificates { get; }

    /// <summary>SHA-256 fingerprint of <see cref="Certificate"/>, lower-case hex.</summary>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        PrivateKey.Dispose();
        Certificate.Dispose();
        foreach (var certificate in AdditionalCertificates)
        {
            certificate.Dispose();
        }
    }
}
