using NuGet.Packaging;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class PackageVerifierTests
{
    [TestMethod]
    [DataRow(0, "SGN3002")]
    [DataRow(100, "SGN3002")]
    [DataRow(-30, "SGN3002")]
    public async Task VerifyAsync_WhenFileIsCutOff_GivesAFinding(int length, string expected)
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new());
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(length < 0 ? bytes.Length + length : length)]);

        var verification = await Verify.FileAsync(path);

        Assert.AreEqual(expected, verification.Findings.Codes());
        Assert.AreEqual(path, verification.Findings[0].File);
        Assert.IsFalse(verification.IsAccepted);
    }

    [TestMethod]
    public async Task VerifyAsync_WhenFileIsMissing_Throws()
    {
        using var directory = new TemporaryDirectory();

        await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => Verify.FileAsync(directory["missing.nupkg"]));
    }

    [TestMethod]
    [DataRow("", null, "SGN5001/NU3004")]
    [DataRow("ann:own", null, "SGN5001/NU3004")]
    [DataRow("ann:own ben:", null, "")]
    [DataRow("ann:own ben:", "ann", "SGN5001/NU3004")]
    [DataRow("ann:own ben:", "ben", "")]
    public async Task VerifyAsync_WhenPackageIsNotSigned_LooksAtTheOwners(string owners, string? requiredSigner, string expected)
    {
        using var directory = new TemporaryDirectory();
        var path = TestPackages.CreateUnsigned(directory.Path);
        var policy = VerificationPolicy.NuGetOrg with { Owners = owners.Length == 0 ? [] : CertificateJudgeTests.Owners(owners), RequiredSigner = requiredSigner };

        var verification = await Verify.FileAsync(path, policy);

        Assert.AreEqual(expected, verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenRepositorySignedAndOwnersMustSign_RejectsUnderPrivate()
    {
        var policy = VerificationPolicy.Private with { Owners = CertificateJudgeTests.Owners("ann:own") };

        var verification = await Verify.SignatureAsync(TestSignatureOptions.Repository, policy);

        Assert.AreEqual("SGN5001/NU3004", verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenContentChanged_Rejects()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new());
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var verification = await Verify.FileAsync(path);

        Assert.AreEqual("SGN5005/NU3008", verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenSeveralThingsAreWrong_FindsAll()
    {
        using var directory = new TemporaryDirectory();
        var options = new TestSignatureOptions
        {
            Signer = MatrixCertificates.SignerExpired.Value,
            OmitSigningTime = true,
            Timestamps = [new() { Signer = MatrixCertificates.TimestampUntrusted.Value, Time = DateTimeOffset.UtcNow.AddDays(-20) }],
        };
        var path = await Verify.SignAsync(directory, options);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        var policy = VerificationPolicy.NuGetOrg with { Owners = CertificateJudgeTests.Owners("ann:other") };

        var verification = await Verify.FileAsync(path, policy);

        Assert.AreEqual("SGN5015 SGN5005/NU3008 SGN5006/NU3011 SGN5009 SGN5009/NU3036 SGN5010/NU3028", verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    [TestMethod]
    public async Task VerifyAsync_WhenCmsIsFollowedByOtherData_Rejects()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new(), edit: signature => [.. signature, 0]);

        var verification = await Verify.FileAsync(path);

        Assert.AreEqual("SGN5006/NU3003", verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenContentHashIsWanted_GivesNuGets()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new());
        using var reader = new PackageArchiveReader(path);

        var verification = await Verify.FileAsync(path, withContentHash: true);

        Assert.AreEqual(reader.GetContentHash(CancellationToken.None), verification.ContentHash);
    }

    [TestMethod]
    public async Task VerifyAsync_WhenSecondOpinionRejects_AddsIt()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new());

        var verification = await Verify.FileAsync(path, secondOpinion: new Opinion(Diagnostics.RejectedByNuGet("NU3018 x")));

        Assert.AreEqual("SGN5090", verification.Findings.Single().Code);
        Assert.AreEqual(path, verification.Findings.Single().File);
    }

    [TestMethod]
    public async Task VerifyAsync_WhenRulesReject_LeavesTheSecondOpinionOut()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, new() { Timestamps = [] });

        var verification = await Verify.FileAsync(path, secondOpinion: new Opinion(Diagnostics.RejectedByNuGet("NU3027 x")));

        Assert.AreEqual("SGN5003/NU3027", verification.Findings.Codes());
    }

    [TestMethod]
    [DataRow(true, "SGN5011/NU3012")]
    [DataRow(false, "")]
    public async Task VerifyAsync_WhenCertificateAuthorityAnswers_HearsIt(bool revoked, string expected)
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var signer = TestPki.Shared.Intermediate.Issue(server.Publish(TestPki.Shared.Intermediate));
        if (revoked)
        {
            server.Revoke(signer.Certificate);
        }

        var path = await Verify.SignAsync(directory, new() { Signer = signer });
        using var chains = new ChainBuilder(TrustAnchors.Only(TestPki.Shared.Roots), RevocationMode.Online, TimeProvider.System);

        var verification = await new PackageVerifier(VerificationPolicy.NuGetOrg, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);

        var errors = verification.Findings.Where(finding => finding.Level == DiagnosticLevel.Error && finding.Code == "SGN5011").Codes();
        Assert.AreEqual(expected, errors, string.Join('\n', verification.Findings));
    }

    [TestMethod]
    public async Task VerifyAsync_WhenCertificateAuthorityIsSilent_WarnsUnlessOffline()
    {
        await using var server = await TestRevocationServer.StartAsync(TestRevocationBehavior.NotFound);
        using var directory = new TemporaryDirectory();
        using var signer = TestPki.Shared.Intermediate.Issue(server.Publish(TestPki.Shared.Intermediate));
        var path = await Verify.SignAsync(directory, new() { Signer = signer });
        using var chains = new ChainBuilder(TrustAnchors.Only(TestPki.Shared.Roots), RevocationMode.Online, TimeProvider.System);

        var online = await new PackageVerifier(VerificationPolicy.NuGetOrg, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);
        var offline = await new PackageVerifier(VerificationPolicy.NuGetOrg with { ReportsUnknownRevocation = false }, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);

        Assert.IsTrue(online.IsAccepted);
        CollectionAssert.Contains(online.Findings.Select(finding => finding.Code).ToArray(), "SGN5012");
        Assert.AreEqual("", offline.Findings.Codes());
    }

    private sealed class Opinion(Diagnostic? diagnostic) : ISecondOpinion
    {
        public Task<Diagnostic?> JudgeAsync(string path, CancellationToken cancellationToken) => Task.FromResult(diagnostic);
    }
}
