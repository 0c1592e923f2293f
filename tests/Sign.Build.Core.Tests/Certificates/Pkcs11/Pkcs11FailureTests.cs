using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

[TestClass]
public sealed class Pkcs11FailureTests
{
    [TestMethod]
    public async Task AcquireAsync_WhenTokenHasNoSuchKey_IsSgn2001()
    {
        using var token = await TokenHost.CreateTokenAsync();

        AssertFails(await TokenHost.RunAsync(token, uri: $"pkcs11:token={TestToken.Label};object=other"),
            "SGN2001 Correct object or id in SignBuildPkcs11Key: the token is there");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenThereIsNoSuchToken_IsSgn2001()
    {
        using var token = await TokenHost.CreateTokenAsync();

        AssertFails(await TokenHost.RunAsync(token, uri: $"pkcs11:token=other;object={TestToken.KeyLabel}"),
            "SGN2001 Connect the token, or correct SignBuildPkcs11Key: no single token that holds private keys matches 'pkcs11:token=other'.");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenEngineIsMissing_IsSgn2007()
    {
        using var token = await TokenHost.CreateTokenAsync();
        using var empty = new TemporaryDirectory();
        var environment = new Dictionary<string, string>(token.Environment) { ["OPENSSL_ENGINES"] = empty.Path, ["OPENSSL_MODULES"] = empty.Path };

        AssertFails(await TokenHost.RunAsync(token, environment: environment), "SGN2007 Install OpenSSL's PKCS#11 engine");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenDriverIsMissing_IsSgn2007()
    {
        using var token = await TokenHost.CreateTokenAsync();

        AssertFails(await TokenHost.RunAsync(token, uri: TestToken.Uri + "?module-path=/nowhere/driver.so"),
            "SGN2007 Correct module-path in SignBuildPkcs11Key: '/nowhere/driver.so'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenEngineDoesNotKnowAnAttribute_IsSgn1002()
    {
        using var token = await TokenHost.CreateTokenAsync();

        AssertFails(await TokenHost.RunAsync(token, uri: TestToken.Uri + ";unheard=of"), "SGN1002 Set SignBuildPkcs11Key to a URI that OpenSSL's engine understands");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsOfAnotherKey_IsSgn2003()
    {
        using var token = await TokenHost.CreateTokenAsync();
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["other.cer"], TestPki.Shared.Timestamping.ExportDer());

        AssertFails(await TokenHost.RunAsync(token, certificatePath: directory["other.cer"]), "SGN2003 Give the certificate of the key in SignBuildCertificatePath");
    }

    private static void AssertFails(TokenHostResult result, string expected)
    {
        Assert.AreEqual(1, result.ExitCode, result.Everything);
        StringAssert.StartsWith(result.Everything, expected);
        Assert.IsFalse(result.Everything.Contains(TestToken.Pin, StringComparison.Ordinal), result.Everything);
    }
}
