using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultParallelTests(TestContext context)
{
    [TestMethod]
    public async Task SignHash_When200PackagesAreSignedAtOnce_AsksOncePerPackage()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource(maxParallelism: 4).AcquireAsync(context.CancellationToken);

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = context.CancellationToken },
            (_, cancellationToken) =>
            {
                VaultFixture.Sign(identity, cancellationToken);
                return ValueTask.CompletedTask;
            });

        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Challenge));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
        Assert.AreEqual(200, fixture.Vault.Count(TestVaultRequest.Sign));
        Assert.IsLessThanOrEqualTo(4, fixture.Vault.MaximumInFlight);
    }
}
