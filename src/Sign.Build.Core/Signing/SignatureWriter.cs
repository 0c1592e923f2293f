using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using NuGet.Packaging.Signing;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Timestamping;
using NuGetHash = NuGet.Common.HashAlgorithmName;
using Timestamp = Sign.Build.Core.Timestamping.Timestamp;

namespace Sign.Build.Core.Signing;

/// <summary>
/// Makes the bytes of <c>.signature.p7s</c>: a signature over the hash of a package, with its timestamp. The signed attributes
/// come from NuGet's own <see cref="SigningUtility"/>, the key from a <see cref="SigningIdentity"/>.
/// Source: https://github.com/NuGet/Home/wiki/Package-Signatures-Technical-Details.
/// </summary>
/// <param name="identity">Whose signature it is.</param>
/// <param name="chain">Chain of the signing certificate, leaf first; all of it is embedded.</param>
/// <param name="hashAlgorithm">Algorithm of the package's hash and of the signature's digest.</param>
/// <param name="timestamps">Authority that is asked for the timestamp.</param>
/// <param name="keyGate">Bounds how many digests are signed at the same time.</param>
/// <param name="source">Where the key is from, for messages.</param>
internal sealed class SignatureWriter(
    SigningIdentity identity,
    IReadOnlyList<X509Certificate2> chain,
    HashAlgorithmName hashAlgorithm,
    ITimestampAuthority timestamps,
    SemaphoreSlim keyGate,
    string source)
{
    private const int TrialLength = 256;

    /// <summary>Makes an author signature.</summary>
    /// <param name="contentHash">Hash of the package without any signature.</param>
    /// <param name="cancellationToken">Stops before the key or the authority is used.</param>
    public Task<WrittenSignature> WriteAuthorAsync(ReadOnlyMemory<byte> contentHash, CancellationToken cancellationToken) =>
        WritePrimaryAsync(contentHash, AuthorAttributes(), cancellationToken);

    /// <summary>Makes an author signature over random bytes, without a timestamp, to find out whether the key can sign.</summary>
    /// <returns>DER.</returns>
    /// <exception cref="SignBuildException">SGN2003, or what a key service says.</exception>
    public async Task<byte[]> TryAsync(CancellationToken cancellationToken)
    {
        var hash = CryptographicOperations.HashData(hashAlgorithm, RandomNumberGenerator.GetBytes(TrialLength));
        return (await SignPrimaryAsync(hash, AuthorAttributes(), cancellationToken).ConfigureAwait(false)).Encode();
    }

    /// <summary>Makes a repository signature for a package without author signature.</summary>
    /// <param name="contentHash">Hash of the package without any signature.</param>
    /// <param name="serviceIndex">V3 service index of the repository, https.</param>
    /// <param name="owners">Owners of the package in the repository; may be empty.</param>
    /// <param name="cancellationToken">Stops before the key or the authority is used.</param>
    public Task<WrittenSignature> WriteRepositoryAsync(ReadOnlyMemory<byte> contentHash, Uri serviceIndex, IReadOnlyList<string> owners, CancellationToken cancellationToken) =>
        WritePrimaryAsync(contentHash, RepositoryAttributes(serviceIndex, owners), cancellationToken);

    /// <summary>Adds a repository countersignature to an author signature, whose signed bytes stay as they are.</summary>
    /// <param name="authorSignature">DER of the author signature; a repository countersignature in it is replaced.</param>
    /// <param name="serviceIndex">V3 service index of the repository, https.</param>
    /// <param name="owners">Owners of the package in the repository; may be empty.</param>
    /// <param name="cancellationToken">Stops before the key or the authority is used.</param>
    public async Task<WrittenSignature> CountersignAsync(ReadOnlyMemory<byte> authorSignature, Uri serviceIndex, IReadOnlyList<string> owners, CancellationToken cancellationToken)
    {
        var cms = new SignedCms();
        cms.Decode(authorSignature.Span);
        RepositoryCountersignatures.Remove(cms);

        var signer = SignerWith(RepositoryAttributes(serviceIndex, owners), cancellationToken);
        await UseKeyAsync(() => cms.SignerInfos[0].ComputeCounterSignature(signer), cancellationToken).ConfigureAwait(false);
        foreach (var certificate in chain)
        {
            AddCertificate(cms, certificate);
        }

        var signatureValue = RepositoryCountersignatures.SignatureValue(cms);
        var timestamp = await timestamps.TimestampAsync(signatureValue, cancellationToken).ConfigureAwait(false);
        RepositoryCountersignatures.AddTimestamp(cms, timestamp.Token);
        return new WrittenSignature(cms.Encode(), timestamp);
    }

    private NuGetHash NuGetHashAlgorithm => Enum.Parse<NuGetHash>(hashAlgorithm.Name!);

    private CryptographicAttributeObjectCollection RepositoryAttributes(Uri serviceIndex, IReadOnlyList<string> owners) =>
        SigningUtility.CreateSignedAttributes(
            new RepositorySignPackageRequest(identity.Certificate, NuGetHashAlgorithm, NuGetHashAlgorithm, serviceIndex, owners), chain);

    // Not disposed: disposing the request disposes the certificate, which is the identity's.
    private CryptographicAttributeObjectCollection AuthorAttributes() =>
        SigningUtility.CreateSignedAttributes(new AuthorSignPackageRequest(identity.Certificate, NuGetHashAlgorithm), chain);

    private async Task<SignedCms> SignPrimaryAsync(
        ReadOnlyMemory<byte> contentHash, CryptographicAttributeObjectCollection attributes, CancellationToken cancellationToken)
    {
        var content = new SignatureContent(SigningSpecifications.V1, NuGetHashAlgorithm, Convert.ToBase64String(contentHash.Span));
        var cms = new SignedCms(new ContentInfo(content.GetBytes()));
        var signer = SignerWith(attributes, cancellationToken);
        await UseKeyAsync(() => cms.ComputeSignature(signer, silent: true), cancellationToken).ConfigureAwait(false);
        return cms;
    }

    private async Task<WrittenSignature> WritePrimaryAsync(
        ReadOnlyMemory<byte> contentHash, CryptographicAttributeObjectCollection attributes, CancellationToken cancellationToken)
    {
        var cms = await SignPrimaryAsync(contentHash, attributes, cancellationToken).ConfigureAwait(false);
        var timestamp = await timestamps.TimestampAsync(cms.SignerInfos[0].GetSignature(), cancellationToken).ConfigureAwait(false);
        cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(SignatureOids.SignatureTimestampToken, timestamp.Token.Encode()));
        return new WrittenSignature(cms.Encode(), timestamp);
    }

    // RSA has no asynchronous interface; a remote key waits for its service in here.
    private async Task UseKeyAsync(Action sign, CancellationToken cancellationToken)
    {
        await keyGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(sign, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException exception)
        {
            throw new SignBuildException(
                Diagnostics.NoPrivateKey(
                    source,
                    SafeText.DisplayName(identity.Certificate),
                    $"Check that this build may use the private key, and that it belongs to the certificate: signing failed: {SafeText.Line(exception.Message)}"),
                exception);
        }
        finally
        {
            keyGate.Release();
        }
    }

    private CmsSigner SignerWith(CryptographicAttributeObjectCollection attributes, CancellationToken cancellationToken)
    {
        var identifier = identity.Certificate.Extensions[SignatureOids.SubjectKeyIdentifier] is null
            ? SubjectIdentifierType.IssuerAndSerialNumber
            : SubjectIdentifierType.SubjectKeyIdentifier;
        var signer = new CmsSigner(identifier, identity.Certificate, identity.KeyFor(cancellationToken))
        {
            DigestAlgorithm = Oid.FromOidValue(CryptoConfig.MapNameToOID(hashAlgorithm.Name!)!, OidGroup.HashAlgorithm),
            IncludeOption = X509IncludeOption.None,
        };
        foreach (var certificate in chain)
        {
            signer.Certificates.Add(certificate);
        }

        foreach (var attribute in attributes)
        {
            signer.SignedAttributes.Add(attribute);
        }

        return signer;
    }

    private static void AddCertificate(SignedCms cms, X509Certificate2 certificate)
    {
        if (!cms.Certificates.Any(present => present.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)))
        {
            cms.AddCertificate(certificate);
        }
    }
}

/// <summary>A signature as it goes into the package.</summary>
/// <param name="Bytes">DER.</param>
/// <param name="Timestamp">The timestamp in it.</param>
internal sealed record WrittenSignature(byte[] Bytes, Timestamp Timestamp);
