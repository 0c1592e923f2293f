using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// The platform's certificate store, by fingerprint, by subject, or by both (then both must hold). Keys stay where they are:
/// a smart card, a token or a key service of the platform works as well as a key on disk.
/// </summary>
public sealed class StoreIdentitySource : ISigningIdentitySource
{
    private const string FingerprintSetting = "SignBuildCertificateFingerprint";
    private const string SubjectSetting = "SignBuildCertificateSubject";

    private readonly CertificateSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Func<X509Certificate2Collection> _readStore;

    /// <summary>Takes store and criteria from <paramref name="settings"/>; <paramref name="clock"/> tells which certificates are valid.</summary>
    public StoreIdentitySource(CertificateSettings settings, TimeProvider clock)
        : this(settings, clock, () => ReadStore(settings))
    {
    }

    /// <summary>As the public one, over certificates that a test provides.</summary>
    internal StoreIdentitySource(CertificateSettings settings, TimeProvider clock, Func<X509Certificate2Collection> readStore)
    {
        if (settings.Fingerprint is null && settings.Subject is null)
        {
            throw new ArgumentException("The settings name neither fingerprint nor subject.", nameof(settings));
        }

        _settings = settings;
        _clock = clock;
        _readStore = readStore;
    }

    /// <inheritdoc/>
    public string Description => Describe(_settings);

    /// <inheritdoc/>
    public Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken) =>
        Task.Run(Acquire, cancellationToken).WaitAsync(cancellationToken);

    private SigningIdentity Acquire()
    {
        var all = _readStore();
        X509Certificate2? chosen = null;
        try
        {
            var signer = Choose(all);
            var key = SigningKeys.Of(signer, Description, "Install the certificate together with its private key, or connect the token that holds it.");
            chosen = signer;
            return new SigningIdentity(signer, key, []);
        }
        finally
        {
            foreach (var certificate in all)
            {
                if (!ReferenceEquals(certificate, chosen))
                {
                    certificate.Dispose();
                }
            }
        }
    }

    private X509Certificate2 Choose(X509Certificate2Collection all)
    {
        IReadOnlyList<X509Certificate2> matches = [.. all];
        if (ExpectedFingerprint.Parse(FingerprintSetting, _settings.Fingerprint) is { } fingerprint)
        {
            if (fingerprint.IsSha1)
            {
                throw fingerprint.Sha1Refused(all, Description);
            }

            matches = [.. matches.Where(fingerprint.IsOf)];
            if (matches.Count == 0)
            {
                throw NotFound($"Install the certificate for the user '{Environment.UserName}', who runs this build, or correct {FingerprintSetting}: none of {all.Count} certificates has the fingerprint {fingerprint.Digits}.");
            }
        }

        if (_settings.Subject is { } subject)
        {
            var named = SubjectMatch.Of(subject);
            var others = matches;
            matches = [.. matches.Where(named.IsOf)];
            if (matches.Count == 0)
            {
                throw NotFound(_settings.Fingerprint is null
                    ? $"Install the certificate for the user '{Environment.UserName}', who runs this build, or correct {SubjectSetting}: none of {all.Count} certificates has the subject '{subject}', as simple name or as whole distinguished name."
                    : $"Correct {SubjectSetting} or {FingerprintSetting}: both are set, and the certificate with this fingerprint is '{SigningKeys.SubjectOf(others[0])}', not '{subject}'.");
            }
        }

        // A fingerprint means one certificate; whether its time is right is for the checks to say. A subject means the current one.
        return ChooseOne(_settings.Fingerprint is null ? OnlyValid(matches) : matches);
    }

    private X509Certificate2[] OnlyValid(IReadOnlyList<X509Certificate2> matches)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        X509Certificate2[] valid = [.. matches.Where(certificate => certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime())];
        if (valid.Length > 0)
        {
            return valid;
        }

        var last = matches.MaxBy(certificate => certificate.NotAfter)!;
        throw NotFound(last.NotAfter.ToUniversalTime() < now
            ? $"Renew the certificate and install the new one: every certificate with the subject '{_settings.Subject}' has expired, the last one on {last.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC."
            : $"Wait, or install another certificate: no certificate with the subject '{_settings.Subject}' is valid now; one becomes valid on {last.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.");
    }

    private X509Certificate2 ChooseOne(IReadOnlyList<X509Certificate2> matches)
    {
        // A certificate without key may lie beside the one to use, as a copy or as an older one of the same name.
        IReadOnlyList<X509Certificate2> withKey = [.. matches.Where(certificate => certificate.HasPrivateKey)];
        var candidates = (withKey.Count > 0 ? withKey : matches).DistinctBy(Fingerprint.Sha256).ToArray();
        var end = candidates.Max(certificate => certificate.NotAfter);
        X509Certificate2[] last = [.. candidates.Where(certificate => certificate.NotAfter == end)];
        return last is [var only]
            ? only
            : throw new SignBuildException(Diagnostics.AmbiguousCertificate(Description, [.. last.Select(SigningKeys.Describe)]));
    }

    private SignBuildException NotFound(string fix) => new(Diagnostics.CertificateNotFound(Description, fix));

    private static string Describe(CertificateSettings settings) => $"certificate store {settings.StoreLocation}/{settings.StoreName}";

    private static X509Certificate2Collection ReadStore(CertificateSettings settings)
    {
        try
        {
            using var store = new X509Store(settings.StoreName, settings.StoreLocation, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates;
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            throw new SignBuildException(
                Diagnostics.CertificateNotFound(
                    Describe(settings),
                    $"Correct SignBuildCertificateStoreName and SignBuildCertificateStoreLocation, or install the certificate there: the store cannot be opened: {SafeText.Line(exception.Message)}"),
                exception);
        }
    }
}
