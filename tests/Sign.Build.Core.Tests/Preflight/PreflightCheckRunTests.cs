using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Preflight;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Timestamping;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Preflight;

[TestClass]
public sealed class PreflightCheckRunTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [TestMethod]
    public async Task Run_WhenEverythingIsReady_SaysWhoSignsAndWhoTimestamps()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url);

        var report = await rig.RunAsync(Pki.CodeSigning);

        Assert.AreEqual("", Codes(report));
        Assert.IsTrue(report.IsReady);
        Assert.AreEqual(Pki.CodeSigning.Fingerprint, report.Fingerprint);
        Assert.AreEqual(server.Url.AbsoluteUri, report.TimestampAuthority);
        Assert.AreEqual(1, server.RequestCount);
        StringAssert.Contains(report.Summary, Pki.CodeSigning.Certificate.GetNameInfo(X509NameType.SimpleName, false));
    }

    [TestMethod]
    public async Task Run_WhenCertificateCannotBeGot_StillChecksTheTimestampAuthority()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url);

        var report = await rig.RunAsync(_ => Task.FromException<SigningIdentity>(
            new SignBuildException(Diagnostics.CertificateNotFound("file /none.pfx", "Correct the path."))));

        Assert.AreEqual("SGN2001", Codes(report));
        Assert.AreEqual(1, server.RequestCount);
        Assert.AreEqual(server.Url.AbsoluteUri, report.TimestampAuthority);
    }

    [TestMethod]
    public async Task Run_WhenSeveralPartsAreBroken_ReportsAllOfThem()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        using var rig = new Rig(server.Url);
        using var certificate = TestCertificateAuthority.CreateRoot().Issue(new()
        {
            KeySize = 1024,
            EnhancedKeyUsages = [Sign.Build.Testing.Oids.ServerAuthentication],
            NotBefore = DateTimeOffset.UtcNow.AddYears(-2),
            NotAfter = DateTimeOffset.UtcNow.AddYears(-1),
        });

        var report = await rig.RunAsync(certificate);

        Assert.AreEqual("SGN4001 SGN5007 SGN5008 SGN5009 SGN5010", Codes(report));
        Assert.IsFalse(report.IsReady);
        Assert.IsNull(report.TimestampAuthority);
    }

    [TestMethod]
    public async Task Run_WhenKeyIsAnotherCertificates_ReportsIt()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url);

        var report = await rig.RunAsync(_ => Task.FromResult(new SigningIdentity(
            X509CertificateLoader.LoadCertificate(Pki.CodeSigning.Certificate.RawData), Pki.Timestamping.Certificate.GetRSAPrivateKey()!, [.. Pki.CodeSigning.Issuers])));

        Assert.AreEqual("SGN2003", Codes(report));
        StringAssert.Contains(report.Findings[0].Message, "belongs to the certificate");
    }

    [TestMethod]
    public async Task Run_WhenKeyCannotSign_ReportsIt()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url);

        // A public key alone: what a token gives when its private part is not there.
        var report = await rig.RunAsync(_ => Task.FromResult(new SigningIdentity(
            X509CertificateLoader.LoadCertificate(Pki.CodeSigning.Certificate.RawData), Pki.CodeSigning.Certificate.GetRSAPublicKey()!, [.. Pki.CodeSigning.Issuers])));

        Assert.AreEqual("SGN2003", Codes(report));
        StringAssert.Contains(report.Findings[0].Message, "signing failed");
    }

    [TestMethod]
    public async Task Run_WhenCertificateExpiresSoon_WarnsAndIsReady()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url, new PolicySettings { ExpiryWarningDays = 30 });
        using var certificate = Pki.Root.Issue(new() { NotAfter = DateTimeOffset.UtcNow.AddDays(10) });

        var report = await rig.RunAsync(certificate);

        Assert.AreEqual("SGN2010", Codes(report));
        Assert.IsTrue(report.IsReady);
    }

    [TestMethod]
    public async Task Run_WhenCertificateIsNotRegistered_ReportsIt()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig(server.Url, new PolicySettings { Owners = [new PackageOwner("contoso", [Pki.Timestamping.Fingerprint])] });

        Assert.AreEqual("SGN5015", Codes(await rig.RunAsync(Pki.CodeSigning)));
    }

    [TestMethod]
    public async Task Run_WhenCertificateIsRevoked_ReportsIt()
    {
        await using var server = await TestTimestampServer.StartAsync();
        await using var revocation = await TestRevocationServer.StartAsync();
        using var root = TestCertificateAuthority.CreateRoot();
        using var certificate = root.Issue(revocation.Publish(root));
        revocation.Revoke(certificate.Certificate);
        using var rig = new Rig(server.Url, new PolicySettings { RevocationMode = RevocationMode.Online }, certificate.Root);

        var report = await rig.RunAsync(certificate);

        Assert.AreEqual("SGN5011", string.Join(' ', report.Findings.Where(finding => finding.Level == DiagnosticLevel.Error).Select(finding => finding.Code)));
    }

    [TestMethod]
    public async Task Run_WhenTimestampWouldBeRejected_ReportsItsReason()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { DigestAlgorithm = HashAlgorithmName.SHA1 });
        using var rig = new Rig(server.Url);

        var report = await rig.RunAsync(Pki.CodeSigning);

        Assert.AreEqual("SGN4001", Codes(report));
        StringAssert.Contains(report.Findings[0].Message, server.Url.AbsoluteUri);
        StringAssert.Contains(report.Findings[0].Message, "SHA-1");
    }

    [TestMethod]
    public async Task Run_WhenFirstAuthorityFails_WarnsAndIsReady()
    {
        await using var failing = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        await using var server = await TestTimestampServer.StartAsync();
        using var rig = new Rig([failing.Url, server.Url]);

        var report = await rig.RunAsync(Pki.CodeSigning);

        Assert.AreEqual("", Codes(report));
        Assert.AreEqual(server.Url.AbsoluteUri, report.TimestampAuthority);
        Assert.AreEqual("SGN4002", string.Join(' ', rig.Log.Diagnostics.Select(diagnostic => diagnostic.Code)));
    }

    [TestMethod]
    public async Task Run_WhenCancelled_Stops()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { Delay = TimeSpan.FromDays(1) });
        using var rig = new Rig(server.Url);
        using var cancellation = new CancellationTokenSource();

        var run = rig.RunAsync(_ => Task.FromResult(Pki.CodeSigning.CreateIdentity()), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
    }

    private static string Codes(PreflightReport report) =>
        string.Join(' ', report.Findings.Select(finding => finding.Code).Order(StringComparer.Ordinal));

    private sealed class Rig : IDisposable
    {
        private const string Source = "file /signer.pfx";

        private readonly SemaphoreSlim _keyGate = new(8);
        private readonly ChainBuilder _chains;
        private readonly TimestampAuthorityList _timestamps;
        private readonly CertificateJudge _judge;

        public Rig(Uri authority, PolicySettings? settings = null, X509Certificate2? root = null)
            : this([authority], settings, root)
        {
        }

        public Rig(IReadOnlyList<Uri> authorities, PolicySettings? settings = null, X509Certificate2? root = null)
        {
            settings ??= new PolicySettings { RevocationMode = RevocationMode.NoCheck, ExpiryWarningDays = 0 };
            settings = settings with { RevocationMode = root is null ? RevocationMode.NoCheck : settings.RevocationMode };
            var policy = VerificationPolicy.From(settings);
            _chains = new ChainBuilder(TrustAnchors.Only([.. Pki.Roots, .. root is null ? [] : (X509Certificate2[])[root]]), settings.RevocationMode, TimeProvider.System);
            _judge = new CertificateJudge(_chains, TimeProvider.System, policy);
            var judge = new TimestampJudge(_chains, TimeProvider.System, policy);
            _timestamps = new TimestampAuthorityList(
                new TimestampSettings { Authorities = authorities },
                (token, value) => judge.Judge(token, value, "the trial"),
                _chains,
                Log,
                TimeProvider.System);
        }

        public RecordingLog Log { get; } = new();

        public Task<PreflightReport> RunAsync(TestCertificate certificate) => RunAsync(_ => Task.FromResult(certificate.CreateIdentity()));

        public Task<PreflightReport> RunAsync(Func<CancellationToken, Task<SigningIdentity>> acquire, CancellationToken cancellationToken = default) =>
            new PreflightCheck(Source, acquire, _judge, _timestamps, WriterFor).RunAsync(cancellationToken);

        private SignatureWriter WriterFor(SigningIdentity identity) => new(
            identity,
            _chains.Build(identity.Certificate, identity.AdditionalCertificates, CertificatePurpose.CodeSigning).Certificates,
            HashAlgorithmName.SHA256,
            _timestamps,
            _keyGate,
            Source);

        public void Dispose()
        {
            _keyGate.Dispose();
            _timestamps.Dispose();
            _chains.Dispose();
        }
    }
}
