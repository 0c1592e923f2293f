using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampDeadlineTests
{
    private const int Packages = 200;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TimestampAsync_WhenTheBuildsDeadlinePassesDuringRetries_NamesItAndEveryAuthority()
    {
        var clock = ListUnderTest.CreateClock();
        await using var first = FaultServer.Start(number => Busy(clock, expires: number == 2));
        await using var second = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(clock, first.Url, second.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        Assert.AreEqual("SGN4001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "for 300 s (SignBuildTimestampDeadline), and none is asked again in this build");
        StringAssert.Contains(diagnostic.Message, $"{first.Url}: it answered HTTP 503 (Busy); {second.Url}: not asked");
        Assert.IsEmpty(test.Log.Diagnostics);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTheBuildsDeadlinePasses_CutsTheRequestInFlight()
    {
        var clock = ListUnderTest.CreateClock();
        await using var server = FaultServer.Start(Fault.Silent, stuck: _ => clock.Expire(ListUnderTest.BuildDeadline));
        using var test = new ListUnderTest(clock, server.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.EndsWith(diagnostic.Message, $"{server.Url}: no answer");
        Assert.AreEqual(ListUnderTest.BuildDeadline, clock.GetElapsedTime(0));
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTheBuildsDeadlineHasPassed_AsksNobodyAgain()
    {
        var clock = ListUnderTest.CreateClock();
        await using var first = FaultServer.Start([Fault.Silent, Fault.None], _ => clock.Expire(ListUnderTest.BuildDeadline));
        await using var second = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(clock, first.Url, second.Url);
        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        var again = await test.FailAsync(TestContext.CancellationToken);

        Assert.AreEqual(diagnostic, again);
        Assert.AreEqual((1, 0), (first.RequestCount, second.RequestCount));
    }

    [TestMethod]
    public async Task TimestampAsync_When200SignaturesWaitAtTheBuildsDeadline_AllEndAlikeWithoutAnotherRequest()
    {
        var clock = ListUnderTest.CreateClock();
        await using var server = FaultServer.Start(Fault.Silent, stuck: count =>
        {
            if (count == Packages)
            {
                clock.Expire(ListUnderTest.BuildDeadline);
            }
        });
        using var test = new ListUnderTest(clock, server.Url, new Uri("http://127.0.0.1:1/"));

        var failures = await Task.WhenAll(Enumerable.Range(0, Packages).Select(_ => test.FailAsync(TestContext.CancellationToken)));

        StringAssert.Contains(failures.Distinct().Single().ToString(), "SGN4001");
        Assert.AreEqual(Packages, server.RequestCount);
        Assert.AreEqual(ListUnderTest.BuildDeadline, clock.GetElapsedTime(0));
        test.List.Dispose();
        await server.WhenClosedAsync(TestContext.CancellationToken);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenNobodyWaitsForATimestamp_LetsTheBuildTakeItsTime()
    {
        var clock = ListUnderTest.CreateClock();
        await using var server = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(clock, server.Url);
        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);
        clock.Expire(ListUnderTest.BuildDeadline);

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(2, server.RequestCount);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenATimestampComesForAnother_WaitsAsLongAgain()
    {
        var clock = new ManualClock();
        await using var server = FaultServer.Start(number => number == 1 ? Fault.Silent : Fault.None);
        using var test = ListUnderTest.WithPatience(clock, server.Url);
        var waiting = test.FailAsync(TestContext.CancellationToken);
        await server.WhenRequestedAsync(1, TestContext.CancellationToken);
        clock.Advance(ListUnderTest.BuildDeadline - TimeSpan.FromSeconds(1));
        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);
        clock.Advance(ListUnderTest.BuildDeadline - TimeSpan.FromSeconds(1));

        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);
        clock.Advance(ListUnderTest.BuildDeadline);

        Assert.AreEqual("SGN4001", (await waiting).Code);
        Assert.AreEqual(3, server.RequestCount);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAnAuthorityFailedBefore_GivesItsReasonToo()
    {
        var clock = ListUnderTest.CreateClock();
        await using var bad = FaultServer.Start(Fault.Status(404, "Gone fishing"));
        await using var server = FaultServer.Start([Fault.None, Fault.Silent], _ => clock.Expire(ListUnderTest.BuildDeadline));
        using var test = new ListUnderTest(clock, bad.Url, server.Url);
        await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.EndsWith(diagnostic.Message, $"{bad.Url}: it answered HTTP 404 (Gone fishing); {server.Url}: no answer since its last timestamp");
    }

    private static Fault Busy(TestClock clock, bool expires)
    {
        if (expires)
        {
            clock.Expire(ListUnderTest.BuildDeadline);
        }

        return Fault.Status(503, "Busy");
    }
}
