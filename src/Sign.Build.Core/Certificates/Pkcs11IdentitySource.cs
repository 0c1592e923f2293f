using System.Runtime.Versioning;
using System.Security.Cryptography;
using Sign.Build.Core.Certificates.Pkcs11;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// A private key in an HSM or token, through OpenSSL; the certificate is read from a file. The PIN goes from the
/// environment variable to the token and nowhere else, and a wrong one is tried once by each node of a build.
/// </summary>
public sealed class Pkcs11IdentitySource : ISigningIdentitySource
{
    private const string KeyProperty = "SignBuildPkcs11Key";
    private const string PathProperty = "SignBuildCertificatePath";

    private readonly CertificateSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Pkcs11Uri _uri;
    private readonly string _path;

    /// <summary>Takes URI, certificate and the PIN's variable from <paramref name="settings"/>.</summary>
    /// <exception cref="SignBuildException">SGN1002, SGN1005: the URI is none, holds a PIN, or this is Windows.</exception>
    public Pkcs11IdentitySource(CertificateSettings settings, TimeProvider clock)
    {
        if (settings.Pkcs11Key is null || settings.Path is null)
        {
            throw new ArgumentException("The settings name no key or no certificate.", nameof(settings));
        }

        _settings = settings;
        _clock = clock;
        _path = settings.Path;
        _uri = Pkcs11Uri.Parse(settings.Pkcs11Key, settings.Pkcs11PinVariable);
        if (OperatingSystem.IsWindows())
        {
            throw new SignBuildException(Diagnostics.InvalidValue(
                KeyProperty,
                settings.Pkcs11Key,
                "nothing on Windows, and SignBuildCertificateFingerprint to the certificate: there the token's driver shows it in the certificate store"));
        }
    }

    /// <inheritdoc/>
    public string Description => $"PKCS#11 key '{_uri.Key}'";

    /// <inheritdoc/>
    public async Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        var acquiring = Task.Run(Acquire, cancellationToken);
        try
        {
            return await acquiring.WaitAsync(Pkcs11Key.Limit, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            DisposeLater(acquiring);
            throw new SignBuildException(
                Diagnostics.KeyServiceSilent($"the token of the {Description}", Pkcs11Key.NoAnswer), exception);
        }
        catch (OperationCanceledException)
        {
            DisposeLater(acquiring);
            throw;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private SigningIdentity Acquire()
    {
        var certificates = CertificateFiles.Load(_path, PathProperty);
        SigningIdentity? identity = null;
        try
        {
            // Before the token is asked: what cannot work must not use up an attempt at the PIN.
            if (certificates.Count == 1)
            {
                SigningKeys.RequireRsa(certificates[0]);
            }

            var key = OpenKey();
            try
            {
                var candidates = ExpectedFingerprint.Narrow(certificates.Where(certificate => SigningKeys.Match(certificate, key)), _settings);
                var signer = candidates switch
                {
                    [var only] => only,
                    [] => throw new SignBuildException(Diagnostics.NoPrivateKey(
                        $"file '{_path}'", SigningKeys.SubjectOf(certificates[0]), $"Give the certificate of the key in {PathProperty}: the {Description} belongs to another one.")),
                    _ => throw new SignBuildException(Diagnostics.AmbiguousCertificate($"file '{_path}'", [.. candidates.Select(SigningKeys.Describe)])),
                };
                identity = new SigningIdentity(signer, key, [.. certificates.Where(certificate => !ReferenceEquals(certificate, signer))]);
                return identity;
            }
            finally
            {
                if (identity is null)
                {
                    key.Dispose();
                }
            }
        }
        finally
        {
            if (identity is null)
            {
                foreach (var certificate in certificates)
                {
                    certificate.Dispose();
                }
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private Pkcs11Key OpenKey()
    {
        var pin = Pkcs11Pin.Read(_settings.Pkcs11PinVariable);
        var opened = false;
        try
        {
            using var handle = Open(pin, out var failure) ?? throw Fail(failure, pin);
            var key = new Pkcs11Key(new RSAOpenSsl(handle), pin, Description, _clock);
            opened = true;
            return key;
        }
        catch (CryptographicException exception)
        {
            throw new SignBuildException(Diagnostics.WeakKey($"the {Description}", "a key of another kind", "NU3014"), exception);
        }
        finally
        {
            if (!opened)
            {
                pin.Dispose();
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private SafeEvpPKeyHandle? Open(Pkcs11Pin pin, out Pkcs11Failure failure)
    {
        SafeEvpPKeyHandle? key = null;
        failure = new Pkcs11Failure(Pkcs11FailureKind.NoEngine, "the OpenSSL that .NET uses has no engines");
        if (OpenSslLibrary.Find() is { } openSsl)
        {
            key = Pkcs11Engine.Open(openSsl, _uri, pin, out failure);
        }

        return key is null && failure.Kind == Pkcs11FailureKind.NoEngine && OperatingSystem.IsLinux()
            ? Pkcs11Provider.Open(_uri, pin, out failure)
            : key;
    }

    private SignBuildException Fail(Pkcs11Failure failure, Pkcs11Pin pin) => new(failure.Kind switch
    {
        Pkcs11FailureKind.NoEngine => Diagnostics.KeyModuleUnusable(
            Description, "Install OpenSSL's PKCS#11 engine (libp11; Debian and Ubuntu: libengine-pkcs11-openssl) or provider (pkcs11-provider).", failure.Reason),
        Pkcs11FailureKind.NoModule => Diagnostics.KeyModuleUnusable(
            Description,
            _uri.ModulePath is { } module
                ? $"Correct module-path in {KeyProperty}: '{module}' is no PKCS#11 driver that can be loaded."
                : $"Install the token's PKCS#11 driver and name it in {KeyProperty} (...?module-path=/usr/lib/....so) or in the variable PKCS11_MODULE_PATH.",
            failure.Reason),
        Pkcs11FailureKind.UriNotUnderstood => Diagnostics.InvalidValue(
            KeyProperty, _settings.Pkcs11Key!, "a URI that OpenSSL's engine understands, for example pkcs11:token=...;object=... or pkcs11:serial=...;id=%01"),
        Pkcs11FailureKind.NoToken => Diagnostics.PrivateKeyNotFound(
            Description, $"Connect the token, or correct {KeyProperty}: no single token that holds private keys matches '{_uri.Token}'."),
        Pkcs11FailureKind.NoKey => Diagnostics.PrivateKeyNotFound(
            Description, $"Correct object or id in {KeyProperty}: the token is there, but has no private key of this name."),
        Pkcs11FailureKind.NoPin => Diagnostics.KeyServiceRefused(
            $"The token of the {Description}", $"Set the environment variable '{pin.Variable}' to the PIN: it is not set or empty.", failure.Reason),
        Pkcs11FailureKind.WrongPin => Diagnostics.KeyServiceRefused(
            $"The token of the {Description}",
            $"Correct the PIN in the environment variable '{pin.Variable}' before you build again: each node of a build tries it once, and tokens lock themselves after a few wrong ones.",
            failure.Reason),
        Pkcs11FailureKind.PinLocked => Diagnostics.KeyServiceRefused(
            $"The token of the {Description}", "Unlock the token with its own tools: too many wrong PINs were given.", failure.Reason),
        Pkcs11FailureKind.Unknown => Diagnostics.KeyServiceRefused(
            "OpenSSL's PKCS#11 provider",
            $"Check the PIN in the environment variable '{pin.Variable}' before you build again, the names in {KeyProperty}, and the driver in PKCS11_PROVIDER_MODULE: the {Description} could not be opened, and the provider does not say why.",
            failure.Reason),
        _ => Diagnostics.KeyServiceSilent($"the token of the {Description}", failure.Reason),
    });

    // Faults are observed too, so that none surfaces later as an unobserved one.
    private static void DisposeLater(Task<SigningIdentity> acquiring) => acquiring.ContinueWith(
        task =>
        {
            if (task.IsCompletedSuccessfully)
            {
                task.Result.Dispose();
            }
            else
            {
                _ = task.Exception;
            }
        },
        TaskScheduler.Default);
}
