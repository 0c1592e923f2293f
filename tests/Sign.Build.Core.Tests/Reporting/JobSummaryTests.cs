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

    [TestMethod]
    public async Task AppendAsync_WhenNamesAreHostile_AppendsARowAndNoCommand()
    {
        using var directory = new TemporaryDirectory();
        foreach (var text in HostileTexts.All)
        {
            var path = directory[Guid.NewGuid().ToString("N")];

            await JobSummary.AppendAsync(
                path, [Reports.Package("lib.nupkg", subject: text, id: text, version: text)], new RecordingLog(), TimeProvider.System, CancellationToken.None);

            var summary = await File.ReadAllBytesAsync(path);
            Commands.AssertNone(summary);
            var lines = System.Text.Encoding.UTF8.GetString(summary).Split('\n');
            Assert.AreEqual((7, 7), (lines.Length, lines[4].Count(character => character == '|')), text);
        }
    }

    private static Task AppendAsync(string path, string name, RecordingLog log) =>
        JobSummary.AppendAsync(path, [Reports.Package("lib.nupkg", id: name)], log, TimeProvider.System, CancellationToken.None);
}
