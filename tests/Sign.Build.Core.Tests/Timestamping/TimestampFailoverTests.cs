using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampFailoverTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(FaultCases.Permanent), typeof(FaultCases))]
    public Task TimestampAsync_WhenFirstFailsForGood_AsksItOnceAndUsesNext(Fault fault, string reason) => CheckAsync(fault, reason, 1);

    [TestMethod]
    [DynamicData(nameof(FaultCases.Transient), typeof(FaultCases))]
    public Task TimestampAsync_WhenFirstFailsAgainAndAgain_AsksItFourTimesAndUsesNext(Fault fault, string reason) => CheckAsync(fault, reason, 4);

    [TestMethod]
    [DynamicData(nameof(FaultCases.All), typeof(FaultCases))]
    public async Task TimestampAsync_WhenAllFail_ListsEachReason(Fault fault, string reason)
    {
        await using var first = FaultServer.Start(fault);
        await using var second = FaultServer.Start(Fault.Status(404, "Gone fishing"));
        using var test = new ListUnderTest(first.Url, second.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);
        var again = await test.FailAsync(TestContext.CancellationToken);

        Assert.AreEqual("SGN4001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"{first.Url}: {reason}");
        StringAssert.Contains(diagnostic.Message, $"{second.Url}: it answered HTTP 404 (Gone fishing)");
        Assert.AreEqual(diagnostic, again);
        Assert.AreEqual(1, second.RequestCount);
    }

    private async Task CheckAsync(Fault fault, string reason, int requests)
    {
        await using var bad = FaultServer.Start(fault);
        await using var good = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(bad.Url, good.Url);

        var one = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);
        var two = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(good.Url.AbsoluteUri, one.Authority);
        Assert.AreEqual(good.Url.AbsoluteUri, two.Authority);
        var warning = test.Log.Diagnostics.Single();
        Assert.AreEqual("SGN4002", warning.Code);
        StringAssert.Contains(warning.Message, reason);
        StringAssert.Contains(warning.Message, $"Going on with {good.Url}");
        Assert.AreEqual(requests, bad.RequestCount);
        Assert.AreEqual(2, good.RequestCount);
        Assert.IsFalse(warning.Message.Any(char.IsControl));
    }
}
