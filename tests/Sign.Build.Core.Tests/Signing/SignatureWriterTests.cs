using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class SignatureWriterTests
{
    public TestContext TestContext { get; set; } = null!;

    // Without preflight nobody has tried the key before, and a token can be drawn after it.
    [TestMethod]
    public async Task WriteAuthorAsync_WhenTheKeyCannotSign_IsSgn2003()
    {
        using var directory = new TemporaryDirectory();
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["development"], TimeProvider.System, TestContext.CancellationToken);
        using var keyGate = new SemaphoreSlim(1);
        using var publicKey = TestPki.Shared.CodeSigning.Certificate.GetRSAPublicKey()!;
        var identity = new SigningIdentity(TestPki.Shared.CodeSigning.Certificate, publicKey, []);
        var writer = new SignatureWriter(identity, [identity.Certificate], HashAlgorithmName.SHA256, authority.Timestamps, keyGate, "the token");

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => writer.WriteAuthorAsync(new byte[32], TestContext.CancellationToken));

        Assert.AreEqual("SGN2003", failure.Diagnostic.Code);
        StringAssert.Contains(failure.Diagnostic.Message, "from the token");
    }
}
