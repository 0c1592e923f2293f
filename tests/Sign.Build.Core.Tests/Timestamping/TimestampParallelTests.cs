using Sign.Build.Core.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampParallelTests
{
    private const int Packages = 200;
    private const int Workers = 16;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TimestampAsync_When200PackagesMeetEveryFault_AsksEachAuthorityAFewTimesOnly()
    {
        var servers = FaultCases.All.Select(row => FaultServer.Start((Fault)row[0])).Append(FaultServer.Start(Fault.None)).ToArray();
        using var test = new ListUnderTest([.. servers.Select(server => server.Url)]);

        var timestamps = await TimestampAllAsync(test.List);

        Assert.HasCount(Packages, timestamps);
        Assert.IsTrue(timestamps.All(timestamp => timestamp.Authority == servers[^1].Url.AbsoluteUri));
        Assert.HasCount(servers.Length - 1, test.Log.Diagnostics);
        foreach (var (bad, row) in servers.Zip(FaultCases.All))
        {
            var warning = test.Log.Diagnostics.Single(warning => warning.Message.Contains($"{bad.Url} failed", StringComparison.Ordinal));
            StringAssert.Contains(warning.ToString(), "SGN4002");
            StringAssert.Contains(warning.Message, (string)row[1]);
            Assert.IsInRange(1, Workers * 4, bad.RequestCount);
        }

        Assert.AreEqual(Packages, servers[^1].RequestCount);
        await CheckSocketsAsync(test, servers);
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task TimestampAsync_When200PackagesMeetASilentAuthority_WaitsOnce()
    {
        var clock = ListUnderTest.CreateClock();
        await using var bad = FaultServer.Start(Fault.Silent, stuck: count =>
        {
            if (count == Workers)
            {
                clock.Expire(ListUnderTest.Timeout);
            }
        });
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(clock, bad.Url, good.Url);

        var timestamps = await TimestampAllAsync(test.List);

        Assert.HasCount(Packages, timestamps);
        Assert.HasCount(1, test.Log.Diagnostics);
        Assert.AreEqual(Workers, bad.RequestCount);
        Assert.AreEqual(ListUnderTest.Timeout, clock.GetElapsedTime(0));
        await CheckSocketsAsync(test, bad, good);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAllAuthoritiesFail_200PackagesEndWithTheSameError()
    {
        await using var first = FaultServer.Start(Fault.Status(500));
        await using var second = FaultServer.Start(Fault.Garbage);
        using var test = new ListUnderTest(first.Url, second.Url);
        var codes = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForAsync(0, Packages, Parallelism, async (_, cancellationToken) => codes.Add((await test.FailAsync(cancellationToken)).ToString()));

        Assert.HasCount(Packages, codes);
        StringAssert.Contains(codes.Distinct().Single(), "SGN4001");
        Assert.AreEqual("SGN4002", test.Log.Diagnostics.Single().Code);
        Assert.IsInRange(1, Workers, second.RequestCount);
        await CheckSocketsAsync(test, first, second);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenOneCallerFindsAnAuthorityBad_TheOthersLeaveItAtOnce()
    {
        // Every caller but the last hangs; the last is refused for good.
        await using var bad = FaultServer.Start(number => number < Workers ? Fault.Silent : Fault.Status(403));
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(bad.Url, good.Url);

        await TimestampAllAsync(test.List, Workers);

        Assert.AreEqual(Workers, good.RequestCount);
        Assert.AreEqual(TimeSpan.Zero, test.Clock.GetElapsedTime(0));
        StringAssert.Contains(test.Log.Diagnostics.Single().Message, "HTTP 403");
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAuthorityTakesFewAtOnce_AsksFewAtOnce()
    {
        var busy = 0;
        var refused = 0;
        var limited = new Fault("three at once", async exchange =>
        {
            try
            {
                if (Interlocked.Increment(ref busy) > 3)
                {
                    Interlocked.Increment(ref refused);
                    await Fault.TooManyRequests(1).Play(exchange);
                }
                else
                {
                    await Task.Yield();
                    await Fault.None.Play(exchange);
                }
            }
            finally
            {
                Interlocked.Decrement(ref busy);
            }
        });
        await using var server = FaultServer.Start(limited);
        using var test = new ListUnderTest(server.Url);

        var timestamps = await TimestampAllAsync(test.List);

        Assert.HasCount(Packages, timestamps);
        Assert.AreEqual(Packages + refused, server.RequestCount);
        Assert.IsEmpty(test.Log.Diagnostics);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAuthorityIsGood_ReusesConnections()
    {
        await using var server = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(server.Url);

        await TimestampAllAsync(test.List);

        Assert.AreEqual(Packages, server.RequestCount);
        Assert.IsInRange(1, Workers, server.AcceptedCount);
        await CheckSocketsAsync(test, server);
    }

    private ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Workers, CancellationToken = TestContext.CancellationToken };

    private async Task<IReadOnlyCollection<Timestamp>> TimestampAllAsync(TimestampAuthorityList list, int count = Packages)
    {
        var timestamps = new System.Collections.Concurrent.ConcurrentBag<Timestamp>();
        await Parallel.ForAsync(0, count, Parallelism, async (_, cancellationToken) =>
            timestamps.Add(await list.TimestampAsync(ListUnderTest.CreateSignatureValue(), cancellationToken)));
        return timestamps;
    }

    // The servers see the end of every connection, so none is left on the client's side either.
    private async Task CheckSocketsAsync(ListUnderTest test, params FaultServer[] servers)
    {
        test.List.Dispose();
        foreach (var server in servers)
        {
            await server.WhenClosedAsync(TestContext.CancellationToken);
        }
    }
}
