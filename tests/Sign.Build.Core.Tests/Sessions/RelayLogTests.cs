using Sign.Build.Core.Sessions;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Sessions;

[TestClass]
public sealed class RelayLogTests
{
    [TestMethod]
    public void Report_WhenNoTaskRuns_WaitsForTheNextOne()
    {
        var relay = new RelayLog();
        var first = new RecordingLog();
        var next = new RecordingLog();
        relay.Attach(first).Dispose();
        relay.Report(Diagnostics.NothingToSign());
        relay.Detail("a detail");

        using var attachment = relay.Attach(next);

        Assert.AreEqual(("", "SGN1001"), (Codes(first), Codes(next)));
        CollectionAssert.AreEqual(new[] { "a detail" }, next.DetailLines.ToArray());
    }

    [TestMethod]
    public void Report_WhenItWasHeard_IsNotSaidAgain()
    {
        var relay = new RelayLog();
        var later = new RecordingLog();
        relay.Report(Diagnostics.NothingToSign());
        relay.Attach(new RecordingLog()).Dispose();

        using var attachment = relay.Attach(later);

        Assert.AreEqual("", Codes(later));
    }

    private static string Codes(RecordingLog log) => string.Join(' ', log.Diagnostics.Select(diagnostic => diagnostic.Code));
}
