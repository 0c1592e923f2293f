using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

/// <summary>Packages whose certificates name a revocation server on loopback; side by side with NuGet's verifier.</summary>
[TestClass]
public sealed class RevokedPackageTests
{
    public enum Whose
    {
        Nobody,
        Signer,
        Issuer,
        TimestampAuthority,
    }

    [TestMethod]
    [DataRow(Whose.Nobody, false, 0, "")]
    [DataRow(Whose.Nobody, true, 0, "")]
    [DataRow(Whose.Signer, false, -60, "SGN5011")]
    [DataRow(Whose.Signer, false, -10, "SGN5011")]
    [DataRow(Whose.Signer, true, -60, "SGN5011")]
    [DataRow(Whose.Issuer, false, -60, "SGN5011")]
    [DataRow(Whose.TimestampAuthority, false, -60, "SGN5011")]
    [DataRow(Whose.TimestampAuthority, true, -60, "SGN5011")]
    public async Task VerifyAsync_WhenCertificateIsRevokedBeforeOrAfterTimestamp_Rejects(Whose whose, bool ocsp, int minutes, string expected)
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var (path, certificates) = CreatePackage(directory, server, ocsp, timestampTime: DateTimeOffset.UtcNow.AddMinutes(-30));
        if (whose != Whose.Nobody)
        {
            server.Revoke(certificates[whose], DateTimeOffset.UtcNow.AddMinutes(minutes));
        }

        var onNuGetOrg = await VerifyAsync(path, VerificationPolicy.NuGetOrg);
        var onPrivate = await VerifyAsync(path, VerificationPolicy.Private);
        var nuGet = await NuGetOracle.JudgeAsync(path);

        Assert.AreEqual(expected, Codes(onNuGetOrg), Describe(onNuGetOrg));
        Assert.AreEqual(expected, Codes(onPrivate), Describe(onPrivate));
        Assert.IsFalse(onNuGetOrg.IsAccepted && !nuGet.ClientAccepts && NuGetOracle.IsUsable, nuGet.ToString());
    }

    [TestMethod]
    [DataRow(TestRevocationBehavior.NotFound)]
    [DataRow(TestRevocationBehavior.Garbage)]
    [DataRow(TestRevocationBehavior.Stale)]
    public async Task VerifyAsync_WhenServerIsOfNoUse_AcceptsWithAWarning(TestRevocationBehavior behavior)
    {
        await using var server = await TestRevocationServer.StartAsync(behavior);
        using var directory = new TemporaryDirectory();
        var (path, _) = CreatePackage(directory, server, ocsp: false, timestampTime: DateTimeOffset.UtcNow);

        var verification = await VerifyAsync(path, VerificationPolicy.NuGetOrg);

        Assert.IsTrue(verification.IsAccepted, Describe(verification));
        Assert.AreEqual("SGN5012", Codes(verification), Describe(verification));
    }

    private static (string Path, Dictionary<Whose, System.Security.Cryptography.X509Certificates.X509Certificate2> Certificates) CreatePackage(
        TemporaryDirectory directory, TestRevocationServer server, bool ocsp, DateTimeOffset timestampTime)
    {
        var pki = TestPki.Shared;
        var intermediate = pki.Root.CreateIntermediate(options: server.Publish(pki.Root, crl: !ocsp, ocsp: ocsp));
        var signer = intermediate.Issue(server.Publish(intermediate, TestCertificateOptions.CodeSigning, crl: !ocsp, ocsp: ocsp));
        var authority = pki.TimestampRoot.Issue(server.Publish(
            pki.TimestampRoot, TestCertificateOptions.Timestamping with { NotBefore = DateTimeOffset.UtcNow.AddDays(-2) }, crl: !ocsp, ocsp: ocsp));
        var path = TestSignedPackages.Create(directory.Path, signature: new()
        {
            Signer = signer,
            SigningTime = timestampTime,
            Timestamps = [new() { Signer = authority, Time = timestampTime }],
        });
        return (path, new()
        {
            [Whose.Signer] = signer.Certificate,
            [Whose.Issuer] = intermediate.Certificate,
            [Whose.TimestampAuthority] = authority.Certificate,
        });
    }

    private static async Task<PackageVerification> VerifyAsync(string path, VerificationPolicy policy)
    {
        using var chains = new ChainBuilder(TestPki.Shared.Anchors, RevocationMode.Online, TimeProvider.System);
        return await new PackageVerifier(policy, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);
    }

    private static string Codes(PackageVerification verification) =>
        string.Join(' ', verification.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal));

    private static string Describe(PackageVerification verification) => string.Join('\n', verification.Findings);
}
