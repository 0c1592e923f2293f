using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>
/// A key in a token: signs digests there, gives only its public part, and may be used by several threads.
/// A driver cannot be stopped, but nobody waits for it longer than <see cref="Limit"/> or after the build is cancelled.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Pkcs11Key : RSA, ICancellableKey
{
    /// <summary>How long a token may take for one operation. Cards sign in about a second, and eight may wait for one card.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly RSA _key;
    private readonly Pkcs11Pin? _pin;
    private readonly string _description;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Takes ownership of <paramref name="key"/> and <paramref name="pin"/>.</summary>
    public Pkcs11Key(RSA key, Pkcs11Pin pin, string description, TimeProvider clock)
        : this(key, description, clock, CancellationToken.None)
    {
        _pin = pin;
    }

    private Pkcs11Key(RSA key, string description, TimeProvider clock, CancellationToken cancellationToken)
    {
        _key = key;
        _description = description;
        _clock = clock;
        _cancellationToken = cancellationToken;
        KeySizeValue = key.KeySize;
        LegalKeySizesValue = [new KeySizes(key.KeySize, key.KeySize, 0)];
    }

    /// <inheritdoc/>
    public RSA With(CancellationToken cancellationToken) => new Pkcs11Key(_key, _description, _clock, cancellationToken);

    /// <inheritdoc/>
    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        try
        {
            return Task.Run(() => _key.SignHash(hash, hashAlgorithm, padding), _cancellationToken)
                .WaitAsync(Limit, _clock, _cancellationToken).GetAwaiter().GetResult();
        }
        catch (CryptographicException exception)
        {
            throw new SignBuildException(
                Diagnostics.KeyServiceRefused(
                    $"The {_description}", "Check that the token is connected and that the key may be used to sign.", SafeText.Line(exception.Message)),
                exception);
        }
        catch (TimeoutException exception)
        {
            throw new SignBuildException(Diagnostics.KeyServiceSilent($"the token of the {_description}", NoAnswer), exception);
        }
    }

    /// <inheritdoc/>
    public override bool TrySignHash(ReadOnlySpan<byte> hash, Span<byte> destination, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding, out int bytesWritten)
    {
        // False makes the caller sign a second time, so it is given before the token is asked or never.
        bytesWritten = 0;
        if (destination.Length < KeySize / 8)
        {
            return false;
        }

        var signature = SignHash(hash.ToArray(), hashAlgorithm, padding);
        signature.CopyTo(destination);
        bytesWritten = signature.Length;
        return true;
    }

    /// <inheritdoc/>
    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        using var key = Create(ExportParameters(false));
        return key.VerifyHash(hash, signature, hashAlgorithm, padding);
    }

    /// <inheritdoc/>
    public override RSAParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The private key does not leave its token.")
        : _key.ExportParameters(false);

    /// <inheritdoc/>
    public override void ImportParameters(RSAParameters parameters) =>
        throw new CryptographicException("The key of a token cannot be replaced.");

    /// <summary>What is said of a driver that does not come back.</summary>
    internal static string NoAnswer => $"its driver did not answer within {Limit.TotalSeconds:0} s.";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // An instance for one build task shares the key; the one that owns the PIN owns the key.
        if (disposing && _pin is not null)
        {
            _key.Dispose();
            _pin.Dispose();
        }

        base.Dispose(disposing);
    }
}
