using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Development;
using Sign.Build.Core.Preflight;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Timestamping;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Sessions;

/// <summary>
/// The parts that sign and verify, put together for one set of settings. What is expensive (certificate, chains,
/// connections) lives in the <see cref="BuildScope"/> and is shared by all projects with the same settings.
/// </summary>
public sealed class SigningSession
{
    private readonly BuildScope _scope;
    private readonly SessionHost _host;
    private readonly bool _isDevelopment;

    /// <summary>Composes the session. Reads nothing yet.</summary>
    public SigningSession(SignBuildSettings settings, BuildScope scope, SessionHost host)
    {
        _scope = scope;
        _host = host;
        _isDevelopment = settings.Mode == SigningMode.Development;
        Settings = _isDevelopment ? WithDevelopmentRules(settings) : settings;
        Places = scope.GetOrAdd("packages " + settings.MaxParallelism, () => new SigningPlaces(settings.MaxParallelism));
        KeyGate = scope.GetOrAdd("key " + settings.MaxParallelism, () => new SemaphoreSlim(settings.MaxParallelism));
    }

    /// <summary>What the user set; in development mode with the rules of that mode.</summary>
    public SignBuildSettings Settings { get; }

    /// <summary>Whether signatures chain to roots that other machines do not trust.</summary>
    public bool HasPrivateTrust => _isDevelopment || Settings.Policy.TrustedRootPaths.Count > 0;

    /// <summary>Clock for all decisions.</summary>
    public TimeProvider Clock => _host.Clock;

    /// <summary>Where the certificate comes from, as it may be shown to anybody.</summary>
    public string SourceDescription =>
        _isDevelopment ? "the development authority" : SigningIdentitySources.Select(Settings.Certificate, Clock)?.Description ?? "nowhere";

    /// <summary>Bounds key operations in flight for the build.</summary>
    public SemaphoreSlim KeyGate { get; }

    /// <summary>Bounds how many packages the build works on at the same time.</summary>
    internal SigningPlaces Places { get; }

    /// <summary>True for the first caller with this key in this build.</summary>
    public bool IsFirst(string key) => _scope.IsFirst(key);

    /// <summary>Gets the signing identity, once per build; null when no source is configured.</summary>
    /// <exception cref="SignBuildException">SGN1003, or bucket 2.</exception>
    public async Task<SigningIdentity?> GetIdentityAsync(CancellationToken cancellationToken)
    {
        if (_isDevelopment)
        {
            var authority = await GetDevelopmentAuthorityAsync(cancellationToken).ConfigureAwait(false);
            return _scope.GetOrAdd("development", authority.CreateIdentity);
        }

        if (SigningIdentitySources.Select(Settings.Certificate, Clock, Settings.MaxParallelism) is not { } source)
        {
            return null;
        }

        var shared = _scope.GetOrAdd(SessionKeys.Of(Settings.Certificate), () => new SharedResult<SigningIdentity>(source.AcquireAsync));
        return await shared.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For where no source was found: fine, unless signing is required.</summary>
    /// <exception cref="SignBuildException">SGN1001.</exception>
    public void RequireSource()
    {
        if (Settings.Mode == SigningMode.Required)
        {
            throw new SignBuildException(Settings.Certificate.Variable is { } variable
                ? Diagnostics.CertificateVariableEmpty(variable)
                : Diagnostics.NoCertificateSource());
        }
    }

    /// <summary>Gets what builds chains up to the trust anchors of the policy.</summary>
    /// <exception cref="SignBuildException">SGN2002: a trusted root cannot be read.</exception>
    public async Task<ChainBuilder> GetChainsAsync(CancellationToken cancellationToken)
    {
        if (_isDevelopment)
        {
            var authority = await GetDevelopmentAuthorityAsync(cancellationToken).ConfigureAwait(false);
            return _scope.GetOrAdd("development", () => new ChainBuilder(TrustAnchors.Only([authority.Root]), RevocationMode.NoCheck, Clock));
        }

        return _scope.GetOrAdd(SessionKeys.OfTrust(Settings.Policy), () => new ChainBuilder(MakeAnchors(), Settings.Policy.RevocationMode, Clock));
    }

    /// <summary>Gets the authority that timestamps, with failover and its memory of failures.</summary>
    public async Task<ITimestampAuthority> GetTimestampsAsync(CancellationToken cancellationToken)
    {
        if (_isDevelopment)
        {
            return (await GetDevelopmentAuthorityAsync(cancellationToken).ConfigureAwait(false)).TimestampsWith(Settings.Timestamp.HashAlgorithm);
        }

        var chains = await GetChainsAsync(cancellationToken).ConfigureAwait(false);
        var judge = new TimestampJudge(chains, Clock, VerificationPolicy.From(Settings.Policy));
        return _scope.GetOrAdd(
            SessionKeys.Of(Settings.Timestamp) + SessionKeys.OfTrust(Settings.Policy),
            () => new TimestampAuthorityList(
                Settings.Timestamp,
                (timestamp, signatureValue) => judge.Judge(timestamp, signatureValue, "the signature"),
                chains,
                _scope.Log,
                Clock));
    }

    /// <summary>Gets the check of finished packages.</summary>
    /// <param name="withContentHash">Also compute NuGet's content hash of each.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PackageVerifier> GetVerifierAsync(bool withContentHash, CancellationToken cancellationToken) =>
        new(VerificationPolicy.From(Settings.Policy), await GetChainsAsync(cancellationToken).ConfigureAwait(false), Clock, GetSecondOpinion()) { WithContentHash = withContentHash };

    /// <summary>Judges the signing certificate with the rules that will judge the package. The chain and its revocation are asked for once per build.</summary>
    public async Task<IReadOnlyList<Diagnostic>> JudgeCertificateAsync(SigningIdentity identity, CancellationToken cancellationToken)
    {
        var chains = await GetChainsAsync(cancellationToken).ConfigureAwait(false);
        return new CertificateJudge(chains, Clock, VerificationPolicy.From(Settings.Policy)).Judge(identity.Certificate, identity.AdditionalCertificates);
    }

    /// <summary>
    /// Begins, beside the build, what signing will need: the preflight, or without it the certificate and its chain. Who asks for
    /// these later gets what was begun here.
    /// </summary>
    public void Begin() => _scope.RunBeside(async token =>
    {
        Task first = Settings.Preflight ? PreflightAsync(token) : PrepareAsync(token);
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Wanted last, and it would take the processor from the others.
        if (Settings.Verify && (_isDevelopment || SigningIdentitySources.Select(Settings.Certificate, Clock) is not null))
        {
            GetSecondOpinion();
        }
    });

    /// <summary>Finds out, once per build and before it, whether signing would succeed.</summary>
    /// <returns>What was found; null where no source is configured.</returns>
    /// <exception cref="SignBuildException">SGN1001, SGN1003: not even that could be tried.</exception>
    public async Task<PreflightReport?> PreflightAsync(CancellationToken cancellationToken)
    {
        if (!_isDevelopment && SigningIdentitySources.Select(Settings.Certificate, Clock) is null)
        {
            return null;
        }

        var key = Settings.Mode + SessionKeys.Of(Settings.Certificate) + SessionKeys.Of(Settings.Timestamp) + SessionKeys.OfPolicy(Settings.Policy) + Settings.HashAlgorithm.Name;
        return await _scope.GetOrAdd(key, () => new SharedResult<PreflightReport>(RunPreflightAsync)).GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What makes the signatures of an identity.</summary>
    internal SignatureWriter WriterFor(SigningIdentity identity, ChainBuilder chains, ITimestampAuthority timestamps) => new(
        identity,
        chains.Build(identity.Certificate, identity.AdditionalCertificates, CertificatePurpose.CodeSigning).Certificates,
        Settings.HashAlgorithm,
        timestamps,
        KeyGate,
        SourceDescription);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (await GetIdentityAsync(cancellationToken).ConfigureAwait(false) is { } identity)
        {
            await JudgeCertificateAsync(identity, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<PreflightReport> RunPreflightAsync(CancellationToken cancellationToken)
    {
        var chains = await GetChainsAsync(cancellationToken).ConfigureAwait(false);
        var timestamps = await GetTimestampsAsync(cancellationToken).ConfigureAwait(false);
        var check = new PreflightCheck(
            SourceDescription,
            async token => (await GetIdentityAsync(token).ConfigureAwait(false))!,
            new CertificateJudge(chains, Clock, VerificationPolicy.From(Settings.Policy)),
            timestamps,
            identity => WriterFor(identity, chains, timestamps));
        return await check.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<DevelopmentAuthority> GetDevelopmentAuthorityAsync(CancellationToken cancellationToken)
    {
        var shared = _scope.GetOrAdd(
            _host.DevelopmentDirectory,
            () => new SharedResult<DevelopmentAuthority>(token => DevelopmentAuthority.LoadOrCreateAsync(_host.DevelopmentDirectory, Clock, token)));
        return await shared.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    // NuGet trusts what the SDK trusts; of a private root it can only say that it does not know it.
    private SecondOpinion? GetSecondOpinion() => Settings.Policy.Policy != PolicyName.NuGetOrg ? null : _scope.GetOrAdd("nuget.org", () =>
    {
        // Whoever gets a verifier has something to do before its first package is judged.
        var opinion = new SecondOpinion();
        _ = opinion.PrepareAsync();
        return opinion;
    });

    private TrustAnchors MakeAnchors()
    {
        var platform = TrustAnchors.Platform(_host.SdkDirectory);
        var roots = TrustedRoots.Load(Settings.Policy);
        return roots.Count == 0 ? platform : platform.With(roots);
    }

    // The private root is the only anchor, nobody publishes revocation for it, and no owner registers it.
    private static SignBuildSettings WithDevelopmentRules(SignBuildSettings settings) => settings with
    {
        Certificate = new CertificateSettings(),
        Policy = new PolicySettings
        {
            Policy = PolicyName.Private,
            RevocationMode = RevocationMode.NoCheck,
            ExpiryWarningDays = 0,
            TrustedSigners = settings.Policy.TrustedSigners,
        },
    };
}

/// <summary>What the session takes from the machine that it runs on.</summary>
/// <param name="SdkDirectory">Folder of the .NET SDK, which holds the trust bundles.</param>
/// <param name="DevelopmentDirectory">Folder of the development authority.</param>
/// <param name="Clock">The clock.</param>
public sealed record SessionHost(string SdkDirectory, string DevelopmentDirectory, TimeProvider Clock);
