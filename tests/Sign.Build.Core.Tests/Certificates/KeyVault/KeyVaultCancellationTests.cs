using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultCancellationTests(TestContext context)
{
    [TestMethod]
    [DataRow(TestVaultRequest.Token)]
    [DataRow(TestVaultRequest.Challenge)]
    [DataRow(TestVaultRequest.Certificate)]
    public async Task AcquireAsync_WhenCancelled_Ends(TestVaultRequest request)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(request, TestVaultFault.Hang);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var acquiring = fixture.CreateSource().AcquireAsync(cancellation.Token);
        await fixture.Vault.ArrivedAsync(request, context.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => acquiring);
    }

    [TestMethod]
    public async Task SignHash_WhenCancelled_Ends()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Sign, TestVaultFault.Hang);
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var signing = Task.Run(() => VaultFixture.Sign(identity, cancellation.Token), context.CancellationToken);
        await fixture.Vault.ArrivedAsync(TestVaultRequest.Sign, context.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => signing);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenAnotherCallerWasCancelled_Succeeds()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailNext(TestVaultRequest.Certificate, TestVaultFault.Hang);
        var source = fixture.CreateSource();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var first = source.AcquireAsync(cancellation.Token);
        await fixture.Vault.ArrivedAsync(TestVaultRequest.Certificate, context.CancellationToken);
        await cancellation.CancelAsync();

        using var identity = await source.AcquireAsync(context.CancellationToken);

        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.AreEqual(TestPki.Shared.CodeSigning.Fingerprint, identity.Fingerprint);
    }
}
