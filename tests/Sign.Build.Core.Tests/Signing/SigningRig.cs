using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>
/// One build that signs with the shared test certificate and a timestamp authority on loopback, for a private feed.
/// Several of them are several builds: they share nothing but files.
/// </summary>
internal sealed class SigningRig : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly BuildScope _scope = new();

    public SigningRig(TestTimestampServer timestamps)
    {
        var pki = TestPki.Shared;
        File.WriteAllText(_directory["signer.pem"], pki.CodeSigning.ExportChainPem() + pki.CodeSigning.ExportKeyPem());
        File.WriteAllText(_directory["roots.pem"], string.Concat(pki.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        Settings = new SignBuildSettings
        {
            Certificate = new CertificateSettings { Path = _directory["signer.pem"] },
            // No request is ever late: a busy machine must not make a test see a second one.
            Timestamp = new TimestampSettings { Authorities = [timestamps.Url], Timeout = TimeSpan.FromMinutes(5) },
            Policy = new PolicySettings
            {
                Policy = PolicyName.Private,
                RevocationMode = RevocationMode.NoCheck,
                ExpiryWarningDays = 0,
                TrustedRootPaths = [_directory["roots.pem"]],
            },
        };
    }

    /// <summary>The settings; a test may change them before it signs.</summary>
    public SignBuildSettings Settings { get; set; }

    /// <summary>What the user would see.</summary>
    public RecordingLog Log { get; } = new();

    /// <summary>Codes of what was reported, sorted.</summary>
    public string Codes => string.Join(' ', Log.Diagnostics.Select(diagnostic => diagnostic.Code).Order(StringComparer.Ordinal));

    /// <summary>A session over <see cref="Settings"/>, in one build with all others of this rig.</summary>
    public SigningSession Session => new(Settings, _scope, new SessionHost(TestSdk.Directory, _directory["development"], TimeProvider.System));

    /// <summary>Signs as the MSBuild task does.</summary>
    public Task<IReadOnlyList<Core.Signing.SignedPackage>> SignAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken) =>
        PackageBatch.SignAsync(Session, packages, Log, cancellationToken);

    public void Dispose()
    {
        _scope.Dispose();
        _directory.Dispose();
    }
}
