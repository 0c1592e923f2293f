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

    [TestMethod]
    public async Task GetAsync_WhenTheStarterIsCancelledWhileAnotherWaits_StartsAgainForThatOne()
    {
        using var cancelled = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var starts = 0;
        using var shared = new SharedResult<string>(async token =>
        {
            if (Interlocked.Increment(ref starts) == 1)
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }

            return "value";
        });
        var starter = shared.GetAsync(cancelled.Token);
        var other = shared.GetAsync(CancellationToken.None);
        await started.Task;

        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => starter);
        Assert.AreEqual(("value", 2), (await other, starts));
    }

    [TestMethod]
    public async Task GetAsync_WhenTheWaitingOneIsCancelled_LeavesTheStarterAlone()
    {
        using var cancelled = new CancellationTokenSource();
        var finished = new TaskCompletionSource<string>();
        using var shared = new SharedResult<string>(finished.Task.WaitAsync);
        var starter = shared.GetAsync(CancellationToken.None);
        var other = shared.GetAsync(cancelled.Token);

        await cancelled.CancelAsync();
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => other);
        finished.SetResult("value");

        Assert.AreEqual(("value", cancelled.Token), (await starter, exception.CancellationToken));
    }

    [TestMethod]
    public async Task GetAsync_WhenTheOperationCancelsItself_SaysSoInsteadOfStartingForEver()
    {
        var starts = 0;
        using var shared = new SharedResult<string>(_ =>
        {
            starts++;
            throw new TaskCanceledException();
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => shared.GetAsync(CancellationToken.None));

        Assert.AreEqual(1, starts);
    }
}
