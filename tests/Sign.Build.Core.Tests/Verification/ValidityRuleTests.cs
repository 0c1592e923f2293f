using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class ValidityRuleTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [TestMethod]
    public async Task VerifyAsync_WhenSignerExpiredAfterTheTimestamp_RejectsForNuGetOrgOnly()
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, Expired(Now.AddDays(-20)));

        var nuGetOrg = await Verify.FileAsync(path, VerificationPolicy.NuGetOrg);
        var onPrivate = await Verify.FileAsync(path, VerificationPolicy.Private);

        Assert.AreEqual("SGN5009", nuGetOrg.Findings.Codes());
        StringAssert.Contains(nuGetOrg.Findings[0].Message, "nuget.org demands that it is valid at the time of the push");
        Assert.AreEqual("", onPrivate.Findings.Codes());
    }

    [TestMethod]
    [DataRow("start", -10, 0, "SGN5009/NU3037")]
    [DataRow("start", 30, 60, "SGN5009/NU3037")]
    [DataRow("start", 60, 30, "")]
    [DataRow("end", -60, 30, "")]
    [DataRow("end", -30, 60, "SGN5009/NU3037")]
    [DataRow("end", 10, 0, "SGN5009/NU3037")]
    public async Task VerifyAsync_WhenTimestampIsNearTheEdgeOfValidity_CountsItsAccuracy(string edge, int offset, int accuracy, string expected)
    {
        var certificate = MatrixCertificates.SignerExpired.Value.Certificate;
        var options = Expired(new DateTimeOffset((edge == "start" ? certificate.NotBefore : certificate.NotAfter).ToUniversalTime()).AddSeconds(offset));

        var verification = await Verify.SignatureAsync(
            options with { Timestamps = [options.Timestamps[0] with { Accuracy = TimeSpan.FromSeconds(accuracy) }] }, VerificationPolicy.Private);

        Assert.AreEqual(expected, verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenSignerExpiredAndTimestampProvesNothing_RejectsUnderPrivate()
    {
        var verification = await Verify.SignatureAsync(Expired(Now.AddDays(-20)) with { TimestampOtherData = true }, VerificationPolicy.Private);

        Assert.AreEqual("SGN5009/NU3037 SGN5013/NU3019", verification.Findings.Codes());
    }

    private static TestSignatureOptions Expired(DateTimeOffset time) => new()
    {
        Signer = MatrixCertificates.SignerExpired.Value,
        SigningTime = time,
        Timestamps = [new() { Time = time }],
    };
}
