using Sign.Build.Core.Reporting;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class JobSummaryTests
{
    [TestMethod]
    public async Task AppendAsync_WhenProjectsWriteAtOnce_KeepsEveryRowAndWhatWasThere()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["summary.md"];
        await File.WriteAllTextAsync(path, "before\n");
        string[] names = [.. Enumerable.Range(1, 16).Select(number => $"Lib{number}")];

        await Task.WhenAll(names.Select(name => Task.Run(() => AppendAsync(path, name, new RecordingLog()))));

        var text = await File.ReadAllTextAsync(path);
        Assert.StartsWith("before\n", text);
        var rows = text.Split('\n').Where(line => line.Contains("Lib", StringComparison.Ordinal)).Select(line => line.Split(' ')[3]);
        Assert.AreEqual(string.Join(' ', names.Order(StringComparer.Ordinal)), string.Join(' ', rows.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task AppendAsync_WhenItCannotBeWritten_SaysSoAndNoMore()
    {
        using var directory = new TemporaryDirectory();
        var log = new RecordingLog();

        await AppendAsync(directory["missing", "summary.md"], "Lib", log);

        Assert.HasCount(1, log.DetailLines);
        Assert.IsEmpty(log.Diagnostics);
    }

    private static Task AppendAsync(string path, string name, RecordingLog log) =>
        JobSummary.AppendAsync(path, [Reports.Package("lib.nupkg", id: name)], log, TimeProvider.System, CancellationToken.None);
}
