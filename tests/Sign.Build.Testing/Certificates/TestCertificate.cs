using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Testing;

/// <summary>A certificate with its key, and what it was issued by.</summary>
public sealed class TestCertificate : IDisposable
{
    private static readonly PbeParameters KeyEncryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2000);

    internal TestCertificate(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers)
    {
        Certificate = certificate;
        Issuers = issuers;
    }

    /// <summary>The certificate, with its private key. May be used by several threads.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Its issuer, the issuer's issuer, and so on; the root is the last.</summary>
    public IReadOnlyList<X509Certificate2> Issuers { get; }

    /// <summary><see cref="Issuers"/> without the root.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates => [.. Issuers.SkipLast(1)];

    /// <summary>The root.</summary>
    public X509Certificate2 Root => Issuers[^1];

    /// <summary>Lower-case SHA-256 of the certificate.</summary>
    public string Fingerprint => Core.Certificates.Fingerprint.Sha256(Certificate);

    /// <summary>The identity that a source would give; the caller owns it.</summary>
    public SigningIdentity CreateIdentity() => new(
        X509CertificateLoader.LoadCertificate(Certificate.RawData),
        Certificate.GetRSAPrivateKey() ?? throw new InvalidOperationException("A signing identity needs an RSA key."),
        [.. Issuers.Select(issuer => X509CertificateLoader.LoadCertificate(issuer.RawData))]);

    /// <summary>DER without a key, as nuget.org takes it.</summary>
    public byte[] ExportDer() => Certificate.RawData;

    /// <summary>PKCS#12 with the key.</summary>
    /// <param name="password">Null: none.</param>
    /// <param name="withIssuers">Whether the issuers, root included, are in it.</param>
    public byte[] ExportPfx(string? password = null, bool withIssuers = true)
    {
        var all = new X509Certificate2Collection(Certificate);
        if (withIssuers)
        {
            all.AddRange(Issuers.ToArray());
        }

        return all.Export(X509ContentType.Pkcs12, password)!;
    }

    /// <summary>PEM of the certificate alone.</summary>
    public string ExportCertificatePem() => Certificate.ExportCertificatePem() + "\n";

    /// <summary>PEM of the certificate and its issuers.</summary>
    public string ExportChainPem() => string.Concat([ExportCertificatePem(), .. Issuers.Select(issuer => issuer.ExportCertificatePem() + "\n")]);

    /// <summary>PEM of the key, PKCS#8.</summary>
    public string ExportKeyPem() => WithKey(key => key.ExportPkcs8PrivateKeyPem()) + "\n";

    /// <summary>PEM of an RSA key, PKCS#1.</summary>
    public string ExportRsaKeyPem() => WithKey(key => ((RSA)key).ExportRSAPrivateKeyPem()) + "\n";

    /// <summary>PEM of the key, encrypted PKCS#8.</summary>
    public string ExportEncryptedKeyPem(string password) =>
        WithKey(key => key.ExportEncryptedPkcs8PrivateKeyPem(password, KeyEncryption)) + "\n";

    public void Dispose() => Certificate.Dispose();

    private string WithKey(Func<AsymmetricAlgorithm, string> export)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)Certificate.GetRSAPrivateKey() ?? Certificate.GetECDsaPrivateKey()!;
        return export(key);
    }
}
