using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

[TestClass]
public sealed class Pkcs11SigningTests
{
    [TestMethod]
    public async Task SignHash_WhenKeyIsInToken_GivesTheCertificatesSignature()
    {
        using var token = await TokenHost.CreateTokenAsync();

        var result = await TokenHost.RunAsync(token);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        AssertSignatures(result, 1);
        Assert.AreEqual("", result.Errors);
    }

    [TestMethod]
    public async Task SignHash_WhenEightSignAtOnce_GivesValidSignatures()
    {
        using var token = await TokenHost.CreateTokenAsync();

        var result = await TokenHost.RunAsync(token, count: 64);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        AssertSignatures(result, 64);
    }

    [TestMethod]
    public async Task ComputeSignature_WhenKeyIsInToken_SignsAndCountersignsCms()
    {
        using var token = await TokenHost.CreateTokenAsync();

        var result = await TokenHost.SignCmsAsync(token);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        var encoded = Convert.FromBase64String(result.Lines.Single());
        var message = new SignedCms();
        message.Decode(encoded);
        message.SignerInfos[0].CheckSignature(verifySignatureOnly: true);
        message.SignerInfos[0].CounterSignerInfos[0].CheckSignature(verifySignatureOnly: true);
        var judgement = await OpenSsl.VerifyCmsAsync(encoded, TestPki.Shared.Roots);
        Assert.IsTrue(judgement.Succeeded, judgement.Output);
    }

    [TestMethod]
    public async Task SignHash_WhenUriNamesTheDriver_UsesIt()
    {
        using var token = await TokenHost.CreateTokenAsync();
        var environment = new Dictionary<string, string>(token.Environment) { ["PKCS11_MODULE_PATH"] = "/nowhere/driver.so" };

        var result = await TokenHost.RunAsync(token, uri: $"{TestToken.Uri};type=private?module-path={TestToken.Module}", environment: environment);

        Assert.AreEqual(0, result.ExitCode, result.Everything);
        AssertSignatures(result, 1);
    }

    private static void AssertSignatures(TokenHostResult result, int count)
    {
        Assert.HasCount(count, result.Lines);
        using var key = TestPki.Shared.CodeSigning.Certificate.GetRSAPublicKey()!;
        var digest = SHA256.HashData("content"u8);
        foreach (var line in result.Lines)
        {
            Assert.IsTrue(key.VerifyHash(digest, Convert.FromBase64String(line), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), line);
        }
    }
}
