using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

[TestClass]
public sealed class Pkcs11ProviderTests : IDisposable
{
    private readonly TemporaryDirectory _noEngines = new();

    [TestMethod]
    public async Task SignHash_WhenThereIsNoEngine_UsesTheProvider()
    {
        using var token = await CreateTokenAsync();

        var result = await TokenHost.RunAsync(token, count: 64, environment: WithoutEngine(token.Environment));

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        Assert.AreEqual("", result.Errors);
        Assert.HasCount(64, result.Lines);
        using var key = TestPki.Shared.CodeSigning.Certificate.GetRSAPublicKey()!;
        Assert.IsTrue(result.Lines.All(line => key.VerifyHash(
            SHA256.HashData("content"u8), Convert.FromBase64String(line), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenProviderGetsAWrongPin_TriesItOnceAndPrintsItNowhere()
    {
        const string wrong = "1111-wrong-Zz";
        using var token = await CreateTokenAsync();
        if (TestToken.Spy is null)
        {
            Assert.Inconclusive("OpenSC's pkcs11-spy (opensc) is not installed.");
        }

        var result = await TokenHost.RunAsync(token, pin: wrong, environment: WithoutEngine(token.SpyEnvironment));

        StringAssert.StartsWith(result.Everything, "SGN2006 Check the PIN in the environment variable 'SIGNBUILD_TEST_PIN'");
        Assert.IsFalse(result.Everything.Contains(wrong, StringComparison.Ordinal), result.Everything);
        Assert.AreEqual(1, (await File.ReadAllLinesAsync(token.SpyRecord)).Count(line => line.EndsWith(": C_Login", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenProviderHasNoPin_AsksNobody()
    {
        using var token = await CreateTokenAsync();

        var result = await TokenHost.RunAsync(token, pin: null, environment: WithoutEngine(token.Environment));

        StringAssert.StartsWith(result.Everything, "SGN2006 Set the environment variable 'SIGNBUILD_TEST_PIN' to the PIN");
        Assert.AreEqual("", result.Errors);
    }

    public void Dispose() => _noEngines.Dispose();

    private static async Task<TestToken> CreateTokenAsync()
    {
        if (!TestToken.HasProvider)
        {
            Assert.Inconclusive("OpenSSL's PKCS#11 provider (pkcs11-provider) is not installed.");
        }

        return await TokenHost.CreateTokenAsync();
    }

    private Dictionary<string, string> WithoutEngine(IReadOnlyDictionary<string, string> environment) =>
        new(environment) { ["OPENSSL_ENGINES"] = _noEngines.Path };
}
