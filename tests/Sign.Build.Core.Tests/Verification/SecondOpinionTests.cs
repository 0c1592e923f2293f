using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class SecondOpinionTests
{
    [TestMethod]
    public async Task Judge_WhenPackageIsAsNuGetOrgWants_HasNothingToSay()
    {
        RequireOracle();
        using var directory = new TemporaryDirectory();
        var path = TestSignedPackages.Create(directory.Path);

        Assert.IsNull(await new SecondOpinion().JudgeAsync(path, CancellationToken.None));
    }

    // The rules have asked, bounded in time; NuGet alone would wait for a silent server in every package.
    [TestMethod]
    public async Task Judge_WhenCertificateNamesRevocationServers_DoesNotAskThem()
    {
        RequireOracle();
        await using var server = await TestRevocationServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var issuer = TestPki.Shared.Intermediate;
        using var signer = issuer.Issue(server.Publish(issuer, crl: true, ocsp: true));
        var path = TestSignedPackages.Create(directory.Path, signature: new() { Signer = signer });

        Assert.IsNull(await new SecondOpinion().JudgeAsync(path, CancellationToken.None));
        Assert.AreEqual(0, server.RequestCount);
    }

    [TestMethod]
    public async Task Judge_WhenTimestampIsMissing_SaysNuGetsCode()
    {
        RequireOracle();
        await AssertRejectedAsync(TestSignedPackages.CreateBytes(signature: new() { Timestamps = [] }), "NU3027: ");
    }

    [TestMethod]
    public async Task Judge_WhenThereAreTwoTimestamps_Rejects()
    {
        RequireOracle();
        await AssertRejectedAsync(TestSignedPackages.CreateBytes(signature: new() { Timestamps = [new(), new()] }), "NU3000: ");
    }

    [TestMethod]
    public async Task Judge_WhenPackageIsNotSigned_Rejects()
    {
        await AssertRejectedAsync(TestPackages.CreateUnsignedBytes(), "NU3004: ");
    }

    [TestMethod]
    public async Task Judge_WhenContentWasChanged_Rejects()
    {
        await AssertRejectedAsync([.. TestSignedPackages.CreateBytes(), 0], "");
    }

    [TestMethod]
    public async Task Judge_WhenSignatureIsNotAnAuthors_Rejects()
    {
        RequireOracle();
        await AssertRejectedAsync(TestSignedPackages.CreateBytes(signature: TestSignatureOptions.Repository), "no valid author signature");
    }

    [TestMethod]
    public async Task Judge_WhenFileIsNoPackage_Rejects()
    {
        await AssertRejectedAsync([1, 2, 3], "");
    }

    [TestMethod]
    public async Task Judge_WhenFileIsTruncated_Rejects()
    {
        await AssertRejectedAsync(TestSignedPackages.CreateBytes()[..^30], "");
    }

    [TestMethod]
    public async Task Judge_WhenFileDoesNotExist_Throws()
    {
        using var directory = new TemporaryDirectory();

        await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => new SecondOpinion().JudgeAsync(Path.Combine(directory.Path, "a.nupkg"), CancellationToken.None));
    }

    [TestMethod]
    public async Task Judge_WhenCancelled_Stops()
    {
        using var directory = new TemporaryDirectory();
        var path = TestSignedPackages.Create(directory.Path);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => new SecondOpinion().JudgeAsync(path, cancelled.Token));
    }

    [TestMethod]
    public async Task Judge_WhenManyPackagesAreJudgedAtOnce_GivesEqualResults()
    {
        RequireOracle();
        using var directory = new TemporaryDirectory();
        var good = TestSignedPackages.Create(directory.Path, "Good");
        var bad = TestSignedPackages.Create(directory.Path, "Bad", signature: new() { Timestamps = [] });
        var opinion = new SecondOpinion();

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(index => Task.Run(() => opinion.JudgeAsync(index % 2 == 0 ? good : bad, CancellationToken.None))));

        Assert.IsTrue(results.Where((_, index) => index % 2 == 0).All(result => result is null));
        Assert.AreEqual(1, results.Where((_, index) => index % 2 == 1).Distinct().Count());
        Assert.AreEqual("SGN5090", results[1]!.Code);
    }

    [TestMethod]
    public async Task Verify_WhenOnlyNuGetRejects_ReportsIt()
    {
        RequireOracle();
        using var directory = new TemporaryDirectory();
        using var root = TestCertificateAuthority.CreateRoot("Root that only the rules trust");
        using var signer = root.Issue();
        var path = TestSignedPackages.Create(directory.Path, signature: new() { Signer = signer });
        using var chains = ChainFixture([signer.Root, .. TestPki.Shared.Roots]);
        var verifier = new PackageVerifier(VerificationPolicy.NuGetOrg, chains, TimeProvider.System, new SecondOpinion());

        var verification = await verifier.VerifyAsync(path, CancellationToken.None);

        Assert.AreEqual("SGN5090", string.Join(' ', verification.Findings.Select(finding => finding.Code)));
        StringAssert.Contains(verification.Findings[0].Message, "NU3018");
        Assert.AreEqual(path, verification.Findings[0].File);
    }

    private static ChainBuilder ChainFixture(IReadOnlyList<System.Security.Cryptography.X509Certificates.X509Certificate2> roots) =>
        new(TrustAnchors.Only(roots), RevocationMode.NoCheck, TimeProvider.System);

    private static async Task AssertRejectedAsync(byte[] package, string reason)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.nupkg");
        await File.WriteAllBytesAsync(path, package);

        var rejection = await new SecondOpinion().JudgeAsync(path, CancellationToken.None);

        Assert.IsNotNull(rejection);
        Assert.AreEqual("SGN5090", rejection.Code);
        StringAssert.Contains(rejection.Message, reason);
        Assert.IsFalse(rejection.Message.Contains('\n', StringComparison.Ordinal));
    }

    private static void RequireOracle()
    {
        if (!NuGetOracle.IsUsable)
        {
            Assert.Inconclusive("NuGet trusts only the system's roots here.");
        }
    }
}
