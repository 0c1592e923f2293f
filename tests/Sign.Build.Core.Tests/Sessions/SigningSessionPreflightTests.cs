using System.Security.Cryptography;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Preflight;
using Sign.Build.Core.Sessions;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Sessions;

[TestClass]
public sealed class SigningSessionPreflightTests
{
    [TestMethod]
    public async Task Preflight_WhenSeveralProjectsHaveTheSameSettings_ChecksOnce()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();
        var settings = Settings(directory, server.Url);

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(settings, scope, directory)));

        Assert.AreEqual(1, server.RequestCount);
        Assert.AreEqual(1, reports.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.AreEqual("", Codes(reports[0]));
    }

    [TestMethod]
    public async Task Begin_WhenThePreflightIsAskedForLater_GivesWhatWasBegun()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();
        var settings = Settings(directory, server.Url);

        Session(settings, scope, directory).Begin();
        Session(settings, scope, directory).Begin();
        var report = await RunAsync(settings, scope, directory);

        Assert.AreEqual(1, server.RequestCount);
        Assert.AreEqual("", Codes(report));
    }

    [TestMethod]
    public async Task Begin_WhenThePreflightIsOff_AsksForNoTimestamp()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var scope = new BuildScope();
        var settings = Settings(directory, server.Url) with { Preflight = false };

        Session(settings, scope, directory).Begin();
        var identity = await Session(settings, scope, directory).GetIdentityAsync(CancellationToken.None);
        scope.Dispose();

        Assert.AreEqual(TestPki.Shared.CodeSigning.Fingerprint, identity!.Fingerprint);
        Assert.AreEqual(0, server.RequestCount);
    }

    [TestMethod]
    public async Task Preflight_WhenSettingsDiffer_ChecksEach()
    {
        await using var server = await TestTimestampServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();
        var settings = Settings(directory, server.Url);

        await RunAsync(settings, scope, directory);
        await RunAsync(settings with { HashAlgorithm = HashAlgorithmName.SHA512 }, scope, directory);

        Assert.AreEqual(2, server.RequestCount);
    }

    [TestMethod]
    public async Task Preflight_WhenSigningWouldFail_ReportsEveryCause()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();
        var settings = Settings(directory, server.Url);

        var report = await RunAsync(settings with { Policy = settings.Policy with { TrustedRootPaths = [] } }, scope, directory);

        Assert.AreEqual("SGN5010 SGN4001", Codes(report));
        Assert.IsFalse(report!.IsReady);
    }

    [TestMethod]
    public async Task Preflight_WhenTrustedRootIsNoRoot_Throws()
    {
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();
        var settings = Settings(directory, new Uri("http://127.0.0.1:9/"));
        var path = Path.Combine(directory.Path, "intermediate.pem");
        await File.WriteAllTextAsync(path, TestPki.Shared.Intermediate.Certificate.ExportCertificatePem());

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(
            () => RunAsync(settings with { Policy = settings.Policy with { TrustedRootPaths = [path] } }, scope, directory));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
    }

    [TestMethod]
    public async Task Preflight_WhenNothingIsConfigured_GivesNothing()
    {
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();

        Assert.IsNull(await RunAsync(new SignBuildSettings(), scope, directory));
    }

    [TestMethod]
    public async Task Preflight_InDevelopmentMode_IsReadyWithoutNetwork()
    {
        using var directory = new TemporaryDirectory();
        using var scope = new BuildScope();

        var report = await RunAsync(new SignBuildSettings { Mode = SigningMode.Development }, scope, directory);

        Assert.AreEqual("", Codes(report));
        StringAssert.StartsWith(report!.Summary, "Ready to sign as ");
    }

    private static string Codes(PreflightReport? report) => string.Join(' ', report!.Findings.Select(finding => finding.Code));

    private static Task<PreflightReport?> RunAsync(SignBuildSettings settings, BuildScope scope, TemporaryDirectory directory) =>
        Session(settings, scope, directory).PreflightAsync(CancellationToken.None);

    private static SigningSession Session(SignBuildSettings settings, BuildScope scope, TemporaryDirectory directory) =>
        new(settings, scope, new SessionHost(TestSdk.Directory, Path.Combine(directory.Path, "development"), TimeProvider.System));

    private static SignBuildSettings Settings(TemporaryDirectory directory, Uri timestampAuthority)
    {
        var pki = TestPki.Shared;
        var certificate = Path.Combine(directory.Path, "signer.pem");
        File.WriteAllText(certificate, pki.CodeSigning.ExportChainPem() + pki.CodeSigning.ExportKeyPem());
        var roots = Path.Combine(directory.Path, "roots.pem");
        File.WriteAllText(roots, string.Concat(pki.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        return new SignBuildSettings
        {
            Certificate = new CertificateSettings { Path = certificate },
            Timestamp = new TimestampSettings { Authorities = [timestampAuthority] },
            Policy = new PolicySettings { Policy = PolicyName.Private, RevocationMode = RevocationMode.NoCheck, ExpiryWarningDays = 0, TrustedRootPaths = [roots] },
        };
    }
}
