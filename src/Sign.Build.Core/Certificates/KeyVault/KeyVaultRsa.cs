using System.Security.Cryptography;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// A key in a vault, as an <see cref="RSA"/>: it signs digests, with one request each, and nothing else.
/// <see cref="RSA"/> is synchronous and the vault is not, so a signature blocks its thread until the vault has answered or the limits end it.
/// The work itself runs on the thread pool, so no synchronization context is waited for.
/// </summary>
internal sealed class KeyVaultRsa : RSA, ICancellableKey
{
    private readonly KeyVaultClient _client;
    private readonly string _keyPath;
    private readonly RSAParameters _publicKey;
    private readonly Func<Diagnostic> _foreignSignature;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Makes the key.</summary>
    /// <param name="client">The vault; stays the caller's.</param>
    /// <param name="keyPath">Path of the key in the vault.</param>
    /// <param name="publicKey">Public key of the certificate.</param>
    /// <param name="foreignSignature">What to say when the vault signs with another key.</param>
    /// <param name="cancellationToken">Ends requests.</param>
    public KeyVaultRsa(KeyVaultClient client, string keyPath, RSAParameters publicKey, Func<Diagnostic> foreignSignature, CancellationToken cancellationToken)
    {
        _client = client;
        _keyPath = keyPath;
        _publicKey = publicKey;
        _foreignSignature = foreignSignature;
        _cancellationToken = cancellationToken;
        KeySizeValue = publicKey.Modulus!.Length * 8;
    }

    public override int KeySize
    {
        get => KeySizeValue;
        set => throw new NotSupportedException("The size of a key in a vault cannot be changed.");
    }

    public override KeySizes[] LegalKeySizes => [new KeySizes(KeySizeValue, KeySizeValue, 0)];

    public RSA With(CancellationToken cancellationToken) => new KeyVaultRsa(_client, _keyPath, _publicKey, _foreignSignature, cancellationToken);

    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return Sign(hash, hashAlgorithm, padding);
    }

    /// <summary>
    /// Signs, or says that <paramref name="destination"/> is too small before the vault is asked.
    /// Once it was asked this never returns false: the caller (SignedCms) would go on to <see cref="SignHash"/> and ask a second time.
    /// </summary>
    public override bool TrySignHash(ReadOnlySpan<byte> hash, Span<byte> destination, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < _publicKey.Modulus!.Length)
        {
            return false;
        }

        var signature = Sign(hash.ToArray(), hashAlgorithm, padding);
        signature.CopyTo(destination);
        bytesWritten = signature.Length;
        return true;
    }

    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        using var key = Create(_publicKey);
        return key.VerifyHash(hash, signature, hashAlgorithm, padding);
    }

    public override bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        using var key = Create(_publicKey);
        return key.VerifyHash(hash, signature, hashAlgorithm, padding);
    }

    public override RSAParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("A key in a vault cannot be exported.")
        : _publicKey;

    public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException("A key in a vault cannot be replaced.");

    private byte[] Sign(byte[] hash, HashAlgorithmName algorithm, RSASignaturePadding padding)
    {
        if (padding != RSASignaturePadding.Pkcs1)
        {
            throw new NotSupportedException("Packages are signed with RSASSA-PKCS1-v1_5.");
        }

        var length = algorithm.Name switch
        {
            "SHA256" => SHA256.HashSizeInBytes,
            "SHA384" => SHA384.HashSizeInBytes,
            "SHA512" => SHA512.HashSizeInBytes,
            _ => throw new NotSupportedException($"A vault does not sign {algorithm.Name} digests."),
        };
        if (hash.Length != length)
        {
            throw new CryptographicException($"A {algorithm.Name} digest has {length} bytes, this one {hash.Length}.");
        }

        var signature = Task.Run(() => _client.SignAsync(_keyPath, hash, algorithm, _cancellationToken), _cancellationToken).GetAwaiter().GetResult();

        // SignedCms would find it too, but says then that it does not know the algorithm.
        return signature.Length == _publicKey.Modulus!.Length && VerifyHash(hash, signature, algorithm, padding)
            ? signature
            : throw new SignBuildException(_foreignSignature());
    }
}
