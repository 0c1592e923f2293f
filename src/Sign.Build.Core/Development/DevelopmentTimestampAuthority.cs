using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Timestamping;

namespace Sign.Build.Core.Development;

/// <summary>Makes RFC 3161 timestamp tokens in this process.</summary>
public sealed class DevelopmentTimestampAuthority : ITimestampAuthority, IDisposable
{
    private const string TimestampTokenInfoType = "1.2.840.113549.1.9.16.1.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    // "Any policy" of ETSI's timestamp family would claim a practice statement; a UUID below 2.25 claims nothing.
    private const string Policy = "2.25.190261433047137620";
    private const long AccuracyInMicroseconds = 1_000_000;

    private readonly X509Certificate2 _certificate;
    private readonly RSA _key;
    private readonly X509Certificate2 _root;
    private readonly TimeProvider _clock;
    private readonly HashAlgorithmName _hashAlgorithm;

    /// <summary>Takes ownership of <paramref name="certificate"/> and <paramref name="key"/>, not of <paramref name="root"/>.</summary>
    internal DevelopmentTimestampAuthority(X509Certificate2 certificate, RSA key, X509Certificate2 root, TimeProvider clock)
        : this(certificate, key, root, clock, HashAlgorithmName.SHA256)
    {
    }

    private DevelopmentTimestampAuthority(X509Certificate2 certificate, RSA key, X509Certificate2 root, TimeProvider clock, HashAlgorithmName hashAlgorithm)
    {
        _certificate = certificate;
        _key = key;
        _root = root;
        _clock = clock;
        _hashAlgorithm = hashAlgorithm;
    }

    /// <inheritdoc/>
    public string Name => "Sign.Build development authority";

    /// <inheritdoc/>
    public Task<Timestamp> TimestampAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var time = _clock.GetUtcNow();
        var info = new Rfc3161TimestampTokenInfo(
            new Oid(Policy),
            Oid.FromOidValue(CryptoConfig.MapNameToOID(_hashAlgorithm.Name!)!, OidGroup.HashAlgorithm),
            CryptographicOperations.HashData(_hashAlgorithm, signatureValue.Span),
            DevelopmentCertificates.SerialNumber(),
            time,
            AccuracyInMicroseconds);
        var token = new SignedCms(new ContentInfo(new Oid(TimestampTokenInfoType), info.Encode()));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate)
        {
            DigestAlgorithm = Oid.FromOidValue(CryptoConfig.MapNameToOID(_hashAlgorithm.Name!)!, OidGroup.HashAlgorithm),
            IncludeOption = X509IncludeOption.None,
            PrivateKey = _key,
        };
        signer.Certificates.Add(_certificate);
        signer.Certificates.Add(_root);
        signer.SignedAttributes.Add(new Pkcs9SigningTime(time.UtcDateTime));
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), EncodeSigningCertificate()));
        token.ComputeSignature(signer, silent: true);
        return Task.FromResult(new Timestamp(token, info.Timestamp, Name));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _certificate.Dispose();
    }

    /// <summary>The same authority with another hash algorithm. Lives as long as this one; does not have to be disposed.</summary>
    internal DevelopmentTimestampAuthority With(HashAlgorithmName hashAlgorithm) =>
        new(_certificate, _key, _root, _clock, hashAlgorithm);

    /// <summary>SigningCertificateV2 of RFC 5035 with the one certificate, in SHA-256, which DER leaves out because it is the default.</summary>
    private byte[] EncodeSigningCertificate()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(_certificate.GetCertHash(HashAlgorithmName.SHA256));
        }

        return writer.Encode();
    }
}
