using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultThrottlingTests(TestContext context)
{
    [TestMethod]
    public async Task SignHash_WhenToldToComeBackLater_WaitsAsLong()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        fixture.Vault.FailNext(TestVaultRequest.Sign, TestVaultFault.Throttled(retryAfter: 17), TestVaultFault.Throttled(retryAfter: 23));

        VaultFixture.Sign(identity, context.CancellationToken);

        Assert.AreEqual(3, fixture.Vault.Count(TestVaultRequest.Sign));
        Assert.IsInRange(TimeSpan.FromSeconds(39.9), TimeSpan.FromSeconds(40.1), fixture.Clock.Waited);
    }

    [TestMethod]
    public async Task SignHash_WhenToldToComeBackMuchLater_GivesUpAtOnce()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Sign, TestVaultFault.Throttled(retryAfter: 600));

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("it asks to wait 600 s more, which is longer than a build waits", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
        Assert.AreEqual(TimeSpan.Zero, fixture.Clock.Waited);
    }

    [TestMethod]
    public async Task SignHash_WhenThrottledForEver_GivesUpInTwoMinutes()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Sign, TestVaultFault.Throttled(retryAfter: 1));

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("HTTP 429 Throttled", diagnostic.Message);
        Assert.IsInRange(5, 30, fixture.Vault.Count(TestVaultRequest.Sign));
        Assert.IsLessThan(TimeSpan.FromSeconds(121), fixture.Clock.Waited);
    }
}
