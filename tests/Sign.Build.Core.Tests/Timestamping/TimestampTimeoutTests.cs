using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampTimeoutTests
{
    public TestContext TestContext { get; set; } = null!;

    private static IEnumerable<object[]> Hangs => [[Fault.Silent], [Fault.SilentAfterHead], [Fault.Dripping]];

    [TestMethod]
    [DynamicData(nameof(Hangs))]
    public async Task TimestampAsync_WhenFirstHangs_WaitsOnceAndUsesNext(Fault fault)
    {
        var clock = ListUnderTest.CreateClock();
        await using var bad = FaultServer.Start(fault, stuck: _ => clock.Expire(ListUnderTest.Timeout));
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(clock, bad.Url, good.Url);

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);
        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        StringAssert.Contains(test.Log.Diagnostics.Single().Message, " within 10 s (SignBuildTimestampTimeout). Going on with");
        Assert.AreEqual(1, bad.RequestCount);
        Assert.AreEqual(ListUnderTest.Timeout, clock.GetElapsedTime(0));
    }

    [TestMethod]
    [DynamicData(nameof(Hangs))]
    public async Task TimestampAsync_WhenTheOnlyOneHangs_FailsWithinThreeBounds(Fault fault)
    {
        var clock = ListUnderTest.CreateClock();
        await using var bad = FaultServer.Start(fault, stuck: _ => clock.Expire(ListUnderTest.Timeout));
        using var test = new ListUnderTest(clock, bad.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.Contains(diagnostic.Message, " within 10 s (SignBuildTimestampTimeout) (3 attempts)");
        Assert.AreEqual(3, bad.RequestCount);
        Assert.IsTrue(clock.GetElapsedTime(0) < TimeSpan.FromSeconds(32), clock.GetElapsedTime(0).ToString());
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTheLastOneHangsOnce_AsksAgain()
    {
        var clock = ListUnderTest.CreateClock();
        await using var server = FaultServer.Start([Fault.Silent, Fault.None], _ => clock.Expire(ListUnderTest.Timeout));
        using var test = new ListUnderTest(clock, server.Url);

        var timestamp = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(server.Url.AbsoluteUri, timestamp.Authority);
        Assert.IsEmpty(test.Log.Diagnostics);
    }

    [TestMethod]
    [DynamicData(nameof(Hangs))]
    public async Task TimestampAsync_WhenCancelled_EndsAtOnceAndBlamesNobody(Fault fault)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        await using var bad = FaultServer.Start(fault, stuck: _ => cancellation.Cancel());
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(bad.Url, good.Url);

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), cancellation.Token));

        Assert.AreEqual(cancellation.Token, exception.CancellationToken);
        Assert.IsEmpty(test.Log.Diagnostics);
        Assert.AreEqual(0, good.RequestCount);
        Assert.AreEqual(TimeSpan.Zero, test.Clock.GetElapsedTime(0));
    }

    [TestMethod]
    public async Task TimestampAsync_WhenDeadlinePasses_GivesTheAuthorityUp()
    {
        var clock = ListUnderTest.CreateClock();
        await using var bad = FaultServer.Start(Fault.Silent, stuck: _ => clock.Expire(ListUnderTest.Deadline));
        using var test = new ListUnderTest(clock, bad.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.Contains(diagnostic.Message, $"{bad.Url}: no token within 330 s, retries and waiting included");
    }
}
