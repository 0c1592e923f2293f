using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

[TestClass]
public sealed class TrustedRootTests
{
    [TestMethod]
    [DataRow(false, "SGN5010")]
    [DataRow(true, "")]
    public async Task VerifyAsync_WhenRootIsTrustedOnlyByTheProject_AcceptsOnlyWithIt(bool trusted, string expected)
    {
        using var directory = new TemporaryDirectory();
        var signer = MatrixCertificates.SignerUntrusted.Value;
        var path = TestSignedPackages.Create(directory.Path, signature: new() { Signer = signer });
        var anchors = trusted ? TestPki.Shared.Anchors.With([signer.Root]) : TestPki.Shared.Anchors;
        using var chains = new ChainBuilder(anchors, RevocationMode.NoCheck, TimeProvider.System);

        var verification = await new PackageVerifier(VerificationPolicy.Private, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);

        Assert.AreEqual(expected, string.Join(' ', verification.Findings.Select(finding => finding.Code)), string.Join('\n', verification.Findings));
    }
}
