using Sign.Build.Core.Signing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class SigningPlacesTests
{
    [TestMethod]
    public async Task WorkAsync_WhenAllPlacesAreTaken_Waits()
    {
        using var places = new SigningPlaces(1);
        var first = new TaskCompletionSource<int>();

        var working = places.WorkAsync(() => first.Task, CancellationToken.None);
        var waiting = places.WorkAsync(() => Task.FromResult(2), CancellationToken.None);
        var waited = !waiting.IsCompleted;
        first.SetResult(1);

        Assert.AreEqual((true, 1, 2), (waited, await working, await waiting));
    }

    [TestMethod]
    public async Task WaitOutsideAsync_WhenAnotherHasThePlaceNow_GoesOnAfterIt()
    {
        using var places = new SigningPlaces(1);
        var timestamp = new TaskCompletionSource<int>();
        var other = new TaskCompletionSource<int>();

        var waiting = places.WorkAsync(() => places.WaitOutsideAsync(() => timestamp.Task), CancellationToken.None);
        var working = places.WorkAsync(() => other.Task, CancellationToken.None);
        timestamp.SetResult(1);
        var waited = !waiting.IsCompleted;
        other.SetResult(2);

        Assert.AreEqual((true, 1, 2), (waited, await waiting, await working));
    }

    [TestMethod]
    public async Task WaitOutsideAsync_WhenTheWaitFails_GivesNoPlaceAwayTwice()
    {
        using var places = new SigningPlaces(1);
        var blocked = new TaskCompletionSource<int>();
        await Assert.ThrowsExactlyAsync<TimeoutException>(
            () => places.WorkAsync(() => places.WaitOutsideAsync(() => Task.FromException<int>(new TimeoutException())), CancellationToken.None));

        var working = places.WorkAsync(() => blocked.Task, CancellationToken.None);
        var waiting = places.WorkAsync(() => Task.FromResult(2), CancellationToken.None);
        var waited = !waiting.IsCompleted;
        blocked.SetResult(1);

        Assert.AreEqual((true, 1, 2), (waited, await working, await waiting));
    }
}
