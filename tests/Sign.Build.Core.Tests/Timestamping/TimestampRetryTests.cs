using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampRetryTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TimestampAsync_WhenFailuresPass_WaitsLongerEachTimeAndSaysNothing()
    {
        await using var server = FaultServer.Start([Fault.Status(503), Fault.Reset, Fault.Truncated, Fault.None]);
        using var test = new ListUnderTest(server.Url);

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(4, server.RequestCount);
        Assert.IsEmpty(test.Log.Diagnostics);
        var waits = test.Clock.Waits.Select(wait => wait.TotalSeconds).ToArray();
        Assert.HasCount(3, waits);
        Assert.IsInRange(0.25, 0.5, waits[0]);
        Assert.IsInRange(0.5, 1, waits[1]);
        Assert.IsInRange(1, 2, waits[2]);
        Assert.HasCount(3, test.Log.DetailLines);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAPermanentFailureFollowsATransientOne_StopsThere()
    {
        await using var bad = FaultServer.Start([Fault.Status(503), Fault.Garbage, Fault.None]);
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(bad.Url, good.Url);

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(2, bad.RequestCount);
        StringAssert.Contains(test.Log.Diagnostics.Single().Message, "its answer is not an RFC 3161 response. Going on");
    }

    [TestMethod]
    [DataRow(429)]
    [DataRow(503)]
    public async Task TimestampAsync_WhenAskedToComeBack_WaitsAsLongAsAsked(int status)
    {
        await using var server = FaultServer.Start([Fault.Status(status, "Busy", "Retry-After: 7\r\n"), Fault.None]);
        using var test = new ListUnderTest(server.Url, new Uri("http://127.0.0.1:1/"));

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(2, server.RequestCount);
        Assert.AreEqual(TimeSpan.FromSeconds(7), test.Clock.Waits.Aggregate((one, two) => one + two));
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAskedToComeBackAtADate_WaitsUntilThen()
    {
        var clock = ListUnderTest.CreateClock();
        var date = clock.GetUtcNow().AddSeconds(20);
        await using var server = FaultServer.Start([Fault.Status(429, "Busy", $"Retry-After: {date:R}\r\n"), Fault.None]);
        using var test = new ListUnderTest(clock, server.Url);

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.IsInRange(TimeSpan.FromSeconds(18.9), TimeSpan.FromSeconds(20), clock.GetElapsedTime(0));
    }

    [TestMethod]
    [DataRow(11, true)]
    [DataRow(61, false)]
    [DataRow(int.MaxValue, false)]
    public async Task TimestampAsync_WhenAskedToWaitTooLong_GoesOn(int seconds, bool hasNext)
    {
        await using var bad = FaultServer.Start(Fault.TooManyRequests(seconds));
        await using var second = FaultServer.Start(Fault.Status(404));
        using var test = hasNext ? new ListUnderTest(bad.Url, second.Url) : new ListUnderTest(bad.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.Contains(diagnostic.Message, $"{bad.Url}: it answered HTTP 429 (Too Many Requests), and wants to be left alone for {seconds} s");
        Assert.AreEqual(1, bad.RequestCount);
        Assert.IsEmpty(test.Clock.Waits);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTheOnlyOneIsAlwaysBusy_EndsInTime()
    {
        await using var bad = FaultServer.Start(Fault.TooManyRequests(60));
        using var test = new ListUnderTest(bad.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        Assert.AreEqual("SGN4001", diagnostic.Code);
        Assert.AreEqual(6, bad.RequestCount);
        Assert.AreEqual(TimeSpan.FromSeconds(300), test.Clock.GetElapsedTime(0));
    }
}
