using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultPassingFaultTests(TestContext context)
{
    public static IEnumerable<(string Name, TestVaultFault Fault)> Faults =>
    [
        ("429", TestVaultFault.Throttled(retryAfter: null)),
        ("500", TestVaultFault.Error(500)),
        ("502", TestVaultFault.Error(502)),
        ("503", TestVaultFault.Error(503)),
        ("504", TestVaultFault.Error(504)),
        ("drop", TestVaultFault.Drop),
    ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task SignHash_WhenFaultPasses_Succeeds(string name, TestVaultFault fault)
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        fixture.Vault.FailNext(TestVaultRequest.Sign, fault, fault);

        VaultFixture.Sign(identity, context.CancellationToken);

        Assert.AreEqual(3, fixture.Vault.Count(TestVaultRequest.Sign), name);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token), name);
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task AcquireAsync_WhenFaultPasses_Succeeds(string name, TestVaultFault fault)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailNext(TestVaultRequest.Certificate, fault, fault);

        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.AreEqual(3, fixture.Vault.Count(TestVaultRequest.Certificate), name);
    }

    [TestMethod]
    public async Task SignHash_WhenTokenIsRevoked_SignsInAgain()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        fixture.Vault.RevokeTokens();

        VaultFixture.Sign(identity, context.CancellationToken);
        VaultFixture.Sign(identity, context.CancellationToken);

        Assert.AreEqual(2, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(2, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task SignHash_WhenTokenIsAboutToExpire_SignsInAgain()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.TokenLifetime = TimeSpan.FromSeconds(100);
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        VaultFixture.Sign(identity, context.CancellationToken);

        Assert.AreEqual(2, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }
}
