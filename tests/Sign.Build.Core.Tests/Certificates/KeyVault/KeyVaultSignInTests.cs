using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultSignInTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenSecretIsWrong_SaysWhatTheIssuerSays()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.ExpectedSecret = "another";

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("Environment: AADSTS7000215: Invalid client secret provided.", diagnostic.Message);
        Assert.Contains("Check the identity that signs in", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVaultIsOfAnotherTenant_SaysToUseItsTenant()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.ChallengeTenant = "99999999-2222-3333-4444-555555555555";

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("99999999-2222-3333-4444-555555555555", diagnostic.Message);
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVaultRejectsTheToken_SaysToUseItsTenant()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.IssuesForgedTokens = true;

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("Sign in with an identity of the vault's own tenant", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(2, fixture.Vault.Count(TestVaultRequest.Challenge));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVaultWantsATokenForAnotherService_FetchesNone()
    {
        await using var fixture = await VaultFixture.StartAsync("contoso.vault.test");
        fixture.Vault.Resource = "https://management.azure.com";

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2006", diagnostic.Code);
        Assert.Contains("'management.azure.com', which is not its own domain", diagnostic.Message);
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Token));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenIssuerFails_GivesUp()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Token, TestVaultFault.Error(503, "temporarily_unavailable"));

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("the Azure sign-in at localhost", diagnostic.Message);
        Assert.IsInRange(1, 6, fixture.Vault.Count(TestVaultRequest.Token));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenIssuerDropsTheConnection_GivesUp()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Token, TestVaultFault.Drop);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.IsInRange(1, 6, fixture.Vault.Count(TestVaultRequest.Token));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenIssuerHangs_GivesUp()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Limits = new KeyVaultLimits { Token = TimeSpan.FromSeconds(0.5) };
        fixture.Vault.FailAlways(TestVaultRequest.Token, TestVaultFault.Hang);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("Environment: no answer within 0.5 s", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
    }
}
