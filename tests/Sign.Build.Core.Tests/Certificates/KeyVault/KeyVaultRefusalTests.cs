using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultRefusalTests(TestContext context)
{
    [TestMethod]
    [DataRow(false, "ForbiddenByRbac")]
    [DataRow(true, "AccessDenied")]
    public async Task AcquireAsync_WhenCertificateMayNotBeRead_NamesRoleAndPermission(bool accessPolicies, string code)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.MayGetCertificates = false;
        fixture.Vault.UsesAccessPolicies = accessPolicies;

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("'Key Vault Certificate User'", diagnostic.Message);
        Assert.Contains("certificates/get", diagnostic.Message);
        Assert.Contains(code, diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task SignHash_WhenKeyMayNotSign_NamesRoleAndPermission()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.MaySign = false;

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("'Key Vault Crypto User'", diagnostic.Message);
        Assert.Contains("keys/sign", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsDisabled_SaysToEnableIt()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.Enabled = false;

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("Enable certificate 'codesign'", diagnostic.Message);
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task SignHash_WhenKeyIsDisabled_SaysToEnableIt()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.KeyEnabled = false;

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("Enable the key of certificate 'codesign'", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsNotActiveYet_SaysWhenItIs()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.NotBefore = new DateTimeOffset(2199, 1, 2, 3, 4, 0, TimeSpan.Zero);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("not active before 2199-01-02 03:04 UTC", diagnostic.Message);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenOnlyTheVaultsDateHasExpired_SaysToCorrectIt()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.Expires = new DateTimeOffset(2020, 1, 2, 3, 4, 0, TimeSpan.Zero);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("expiration date in the vault is 2020-01-02 03:04 UTC", diagnostic.Message);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVaultsFirewallRefuses_SaysToLetTheMachineThrough()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Certificate, TestVaultFault.Error(403, "Forbidden", "Client address is not authorized.", "ForbiddenByFirewall"));

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("network rules", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task SignHash_WhenRefusedOnce_DoesNotAskAgain()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.MaySign = false;
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        var first = Assert.ThrowsExactly<SignBuildException>(() => VaultFixture.Sign(identity, context.CancellationToken));
        var second = Assert.ThrowsExactly<SignBuildException>(() => VaultFixture.Sign(identity, context.CancellationToken));

        Assert.AreEqual(first.Diagnostic, second.Diagnostic);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenRefusedOnce_DoesNotAskAgain()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.MayGetCertificates = false;
        var source = fixture.CreateSource();

        var first = await VaultFixture.FailsAsync(() => source.AcquireAsync(context.CancellationToken));
        var second = await VaultFixture.FailsAsync(() => source.AcquireAsync(context.CancellationToken));

        Assert.AreEqual(first, second);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }
}
