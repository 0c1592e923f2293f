using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Tests.Sessions;

[TestClass]
public sealed class SharedResultTests
{
    [TestMethod]
    public async Task GetAsync_WhenTheStartFails_SharesTheFailureWithoutAnotherTry()
    {
        var starts = 0;
        using var shared = new SharedResult<string>(_ =>
        {
            starts++;
            throw new SignBuildException(Diagnostics.NoCertificateSource());
        });

        await Assert.ThrowsExactlyAsync<SignBuildException>(() => shared.GetAsync(CancellationToken.None));
        await Assert.ThrowsExactlyAsync<SignBuildException>(() => shared.GetAsync(CancellationToken.None));

        Assert.AreEqual(1, starts);
    }

    [TestMethod]
    public async Task GetAsync_WhenTheStartWasCancelled_StartsAgain()
    {
        using var cancelled = new CancellationTokenSource();
        using var shared = new SharedResult<string>(async token =>
        {
            await cancelled.CancelAsync();
            token.ThrowIfCancellationRequested();
            return "value";
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => shared.GetAsync(cancelled.Token));

        Assert.AreEqual("value", await shared.GetAsync(CancellationToken.None));
    }
}
