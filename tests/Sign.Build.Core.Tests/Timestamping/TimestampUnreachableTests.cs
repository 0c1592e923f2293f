using Sign.Build.Core.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampUnreachableTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TimestampAsync_WhenConnectionIsRefused_UsesNext()
    {
        using var dead = DeadEndpoint.Refusing();

        var reason = await FailOverAsync(dead.Url);

        StringAssert.Contains(reason, "it refused the connection (4 attempts)");
    }

    [TestMethod]
    public async Task TimestampAsync_WhenNameDoesNotExist_UsesNext()
    {
        var reason = await FailOverAsync(new Uri("http://timestamp.invalid/"));

        StringAssert.Contains(reason, "its name cannot be resolved");
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTlsCertificateIsNotTrusted_UsesNextWithoutRetry()
    {
        await using var bad = FaultServer.Start(Fault.None, TestPki.Shared.CodeSigning.Certificate);

        var reason = await FailOverAsync(bad.Url);

        StringAssert.Contains(reason, "no TLS connection: ");
        Assert.AreEqual(0, bad.RequestCount);
        Assert.AreEqual(1, bad.AcceptedCount);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenConnectionIsSwallowed_EndsWithTheBoundOfARequest()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Only Linux drops connections that a full queue has no room for.");
        }

        using var dead = await DeadEndpoint.SwallowingAsync(TestContext.CancellationToken);
        using var transport = new TimestampTransport(TimeSpan.FromMilliseconds(300), TimeProvider.System, handler: null);

        var failure = await Assert.ThrowsExactlyAsync<TimestampFailureException>(() => transport.SendAsync(dead.Url, [0], TestContext.CancellationToken));

        Assert.AreEqual("no answer within 0.3 s (SignBuildTimestampTimeout)", failure.Message);
        Assert.AreEqual(TimestampFailureKind.Transient, failure.Kind);
    }

    private async Task<string> FailOverAsync(Uri bad)
    {
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(bad, good.Url);

        var timestamp = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(good.Url.AbsoluteUri, timestamp.Authority);
        return test.Log.Diagnostics.Single().Message;
    }
}
