using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>A key in a token: signs digests there, gives only its public part, and may be used by several threads.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Pkcs11Key : RSA
{
    private readonly RSA _key;
    private readonly Pkcs11Pin _pin;
    private readonly string _description;

    /// <summary>Takes ownership of <paramref name="key"/> and <paramref name="pin"/>.</summary>
    public Pkcs11Key(RSA key, Pkcs11Pin pin, string description)
    {
        _key = key;
        _pin = pin;
        _description = description;
        KeySizeValue = key.KeySize;
        LegalKeySizesValue = [new KeySizes(key.KeySize, key.KeySize, 0)];
    }

    /// <inheritdoc/>
    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        try
        {
            return _key.SignHash(hash, hashAlgorithm, padding);
        }
        catch (CryptographicException exception)
        {
            throw Refused(exception);
        }
    }

    /// <inheritdoc/>
    public override bool TrySignHash(ReadOnlySpan<byte> hash, Span<byte> destination, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding, out int bytesWritten)
    {
        try
        {
            return _key.TrySignHash(hash, destination, hashAlgorithm, padding, out bytesWritten);
        }
        catch (CryptographicException exception)
        {
            throw Refused(exception);
        }
    }

    /// <inheritdoc/>
    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) =>
        _key.VerifyHash(hash, signature, hashAlgorithm, padding);

    /// <inheritdoc/>
    public override RSAParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The private key does not leave its token.")
        : _key.ExportParameters(false);

    /// <inheritdoc/>
    public override void ImportParameters(RSAParameters parameters) =>
        throw new CryptographicException("The key of a token cannot be replaced.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _key.Dispose();
            _pin.Dispose();
        }

        base.Dispose(disposing);
    }

    private SignBuildException Refused(CryptographicException exception) => new(
        Diagnostics.KeyServiceRefused(
            $"The {_description}",
            "Check that the token is connected and that the key may be used to sign.",
            SigningKeys.OneLine(exception.Message)),
        exception);
}
