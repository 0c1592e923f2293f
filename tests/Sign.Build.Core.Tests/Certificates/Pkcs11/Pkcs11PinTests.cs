using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

[TestClass]
public sealed class Pkcs11PinTests
{
    [TestMethod]
    public async Task AcquireAsync_WhenPinIsWrong_TriesItOnceAndPrintsItNowhere()
    {
        const string wrong = "1111-wrong-Zz";
        using var token = await TokenHost.CreateTokenAsync();
        if (TestToken.Spy is null)
        {
            Assert.Inconclusive("OpenSC's pkcs11-spy (opensc) is not installed.");
        }

        var result = await TokenHost.RunAsync(token, pin: wrong, environment: token.SpyEnvironment);

        StringAssert.StartsWith(result.Everything, "SGN2006 Correct the PIN in the environment variable 'SIGNBUILD_TEST_PIN'");
        Assert.IsFalse(result.Everything.Contains(wrong, StringComparison.Ordinal), result.Everything);
        Assert.AreEqual("", result.Errors);
        Assert.AreEqual(1, await CountLoginsAsync(token));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPinIsRight_LogsInOnce()
    {
        using var token = await TokenHost.CreateTokenAsync();
        if (TestToken.Spy is null)
        {
            Assert.Inconclusive("OpenSC's pkcs11-spy (opensc) is not installed.");
        }

        var result = await TokenHost.RunAsync(token, count: 16, environment: token.SpyEnvironment);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        Assert.AreEqual(1, await CountLoginsAsync(token));
    }

    [TestMethod]
    public async Task SignHash_WhenEverySignatureNeedsThePin_AnswersForTheUser()
    {
        using var token = await TokenHost.CreateTokenAsync();
        if (TestToken.Spy is null)
        {
            Assert.Inconclusive("OpenSC (opensc) is not installed.");
        }

        await token.AddAlwaysAuthenticateKeyAsync();

        var result = await TokenHost.RunAsync(
            token, uri: $"pkcs11:token={TestToken.Label};object={TestToken.AlwaysAuthenticateLabel}", count: 3, environment: token.SpyEnvironment);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        Assert.AreEqual("", result.Errors);
        Assert.AreEqual(4, await CountLoginsAsync(token), "one login, and one before each signature");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPinIsMissing_SaysSoAndAsksNobody()
    {
        using var token = await TokenHost.CreateTokenAsync();

        var result = await TokenHost.RunAsync(token, pin: null);

        StringAssert.StartsWith(result.Everything, "SGN2006 Set the environment variable 'SIGNBUILD_TEST_PIN' to the PIN");
        Assert.AreEqual("", result.Errors);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPinEndsWithLineBreak_UsesUpNoAttempt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Tokens are in the certificate store on Windows.");
        }

        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["signer.cer"], TestPki.Shared.CodeSigning.ExportDer());
        var variable = Acquisition.SetVariable("1234\n");
        var source = new Pkcs11IdentitySource(
            new CertificateSettings { Pkcs11Key = TestToken.Uri, Path = directory["signer.cer"], Pkcs11PinVariable = variable }, TimeProvider.System);

        var diagnostic = await Acquisition.FailAsync(source);

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual("SignBuildPkcs11PinVariable", diagnostic.File);
    }

    private static async Task<int> CountLoginsAsync(TestToken token) =>
        (await File.ReadAllLinesAsync(token.SpyRecord)).Count(line => line.EndsWith(": C_Login", StringComparison.Ordinal));
}
