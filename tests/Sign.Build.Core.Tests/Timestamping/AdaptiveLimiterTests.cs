using Sign.Build.Core.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class AdaptiveLimiterTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Enter_WhenNothingWasRefused_LetsEverybodyIn()
    {
        var limiter = new AdaptiveLimiter(new TestClock());

        var entering = Enumerable.Range(0, 500).Select(_ => limiter.EnterAsync(TestContext.CancellationToken)).ToList();

        Assert.IsTrue(entering.TrueForAll(task => task.IsCompletedSuccessfully));
    }

    [TestMethod]
    public async Task Enter_WhenSeveralOfOneWaveWereRefused_LetsHalfAsManyIn()
    {
        var limiter = new AdaptiveLimiter(new TestClock());
        var first = await FillAsync(limiter, 8);

        first.ForEach(place => place.Refused(TimeSpan.Zero));
        first.ForEach(place => place.Dispose());

        Assert.AreEqual(4, CountAdmitted(limiter, 20));
    }

    [TestMethod]
    public async Task Enter_WhenEveryWaveIsRefused_LetsOneIn()
    {
        var limiter = new AdaptiveLimiter(new TestClock());
        for (var wave = 0; wave < 6; wave++)
        {
            var place = await limiter.EnterAsync(TestContext.CancellationToken);
            place.Refused(TimeSpan.Zero);
            place.Dispose();
        }

        Assert.AreEqual(1, CountAdmitted(limiter, 20));
    }

    [TestMethod]
    public async Task Enter_WhenRequestsSucceedAgain_LetsMoreIn()
    {
        var limiter = new AdaptiveLimiter(new TestClock());
        var first = await FillAsync(limiter, 8);
        first[0].Refused(TimeSpan.Zero);
        first.ForEach(place => place.Dispose());

        for (var success = 0; success < 10; success++)
        {
            using var place = await limiter.EnterAsync(TestContext.CancellationToken);
            place.Succeeded();
        }

        Assert.AreEqual(6, CountAdmitted(limiter, 20));
    }

    [TestMethod]
    public async Task Enter_WhenAuthorityWantsToBeLeftAlone_EverybodyWaitsUntilThen()
    {
        var clock = new TestClock();
        var limiter = new AdaptiveLimiter(clock);
        using (var place = await limiter.EnterAsync(TestContext.CancellationToken))
        {
            place.Refused(TimeSpan.FromSeconds(9));
            place.Refused(TimeSpan.FromSeconds(3));
        }

        using var next = await limiter.EnterAsync(TestContext.CancellationToken);

        Assert.AreEqual(TimeSpan.FromSeconds(9), clock.GetElapsedTime(0));
    }

    [TestMethod]
    public async Task Enter_WhenOneInTheQueueIsCancelled_ItsTurnGoesToTheNext()
    {
        var limiter = new AdaptiveLimiter(new TestClock());
        var place = await limiter.EnterAsync(TestContext.CancellationToken);
        place.Refused(TimeSpan.Zero);
        using var cancellation = new CancellationTokenSource();
        var cancelled = limiter.EnterAsync(cancellation.Token);
        var next = limiter.EnterAsync(TestContext.CancellationToken);

        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
        Assert.IsFalse(next.IsCompleted);
        place.Dispose();

        (await next).Dispose();
        Assert.AreEqual(1, CountAdmitted(limiter, 5));
    }

    [TestMethod]
    public async Task Enter_WhenCancelledDuringThePause_GivesItsPlaceBack()
    {
        var pause = TimeSpan.FromSeconds(9);
        var clock = new TestClock(pause);
        var limiter = new AdaptiveLimiter(clock);
        using (var place = await limiter.EnterAsync(TestContext.CancellationToken))
        {
            place.Refused(pause);
        }

        using var cancellation = new CancellationTokenSource();
        var cancelled = limiter.EnterAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
        clock.Advance(pause);

        Assert.AreEqual(1, CountAdmitted(limiter, 5));
    }

    private async Task<List<AdaptiveLimiter.Place>> FillAsync(AdaptiveLimiter limiter, int count)
    {
        var places = new List<AdaptiveLimiter.Place>();
        for (var index = 0; index < count; index++)
        {
            places.Add(await limiter.EnterAsync(TestContext.CancellationToken));
        }

        return places;
    }

    // Who is let in is so at once: nothing here waits for anything else.
    private int CountAdmitted(AdaptiveLimiter limiter, int callers) =>
        Enumerable.Range(0, callers).Select(_ => limiter.EnterAsync(TestContext.CancellationToken)).ToList().Count(task => task.IsCompletedSuccessfully);
}
