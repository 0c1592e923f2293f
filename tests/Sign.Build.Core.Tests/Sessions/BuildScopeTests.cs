using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Tests.Sessions;

[TestClass]
public sealed class BuildScopeTests
{
    [TestMethod]
    public void GetOrAdd_WhenManyAskAtOnce_MakesOne()
    {
        using var scope = new BuildScope();
        var made = 0;

        var results = ParallelEnumerable.Range(0, 64).WithDegreeOfParallelism(16).Select(_ => scope.GetOrAdd("key", () =>
        {
            Interlocked.Increment(ref made);
            return new object();
        })).Distinct().Count();

        Assert.AreEqual((1, 1), (made, results));
    }

    [TestMethod]
    public void Dispose_WhenAPartIsDisposable_DisposesIt()
    {
        var part = new CancellationTokenSource();
        var scope = new BuildScope();
        scope.GetOrAdd("key", () => part);

        scope.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => part.Token);
    }

    [TestMethod]
    public void Dispose_WhenSomethingRunsBeside_EndsItBeforeItsPartsAreDisposed()
    {
        var part = new CancellationTokenSource();
        var scope = new BuildScope();
        scope.GetOrAdd("key", () => part);
        var partWasThere = false;
        scope.RunBeside(async token =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            partWasThere = part.Token.CanBeCanceled;
        });

        scope.Dispose();

        Assert.IsTrue(partWasThere);
    }

    [TestMethod]
    public void Dispose_WhenWhatRanBesideFailed_SaysNothing()
    {
        var scope = new BuildScope();
        scope.RunBeside(_ => throw new SignBuildException(Diagnostics.NothingToSign()));

        scope.Dispose();
    }

    [TestMethod]
    public void IsFirst_WhenAskedAgain_IsFalse()
    {
        using var scope = new BuildScope();

        var answers = (scope.IsFirst("a"), scope.IsFirst("a"), scope.IsFirst("b"));

        Assert.AreEqual((true, false, true), answers);
    }
}
