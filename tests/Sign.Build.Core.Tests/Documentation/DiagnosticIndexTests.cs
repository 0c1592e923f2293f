using System.Text.RegularExpressions;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The index of the diagnostics lists each page with its title and its level.</summary>
[TestClass]
public sealed partial class DiagnosticIndexTests
{
    [TestMethod]
    public void Index_WhenComparedWithPagesAndCode_HasEachWithTitleAndLevel()
    {
        var levels = RaisedDiagnostics.OfTasks.DistinctBy(diagnostic => diagnostic.Code)
            .ToDictionary(diagnostic => diagnostic.Code, diagnostic => diagnostic.Level == DiagnosticLevel.Warning ? "warning" : "error");
        var expected = Repository.DiagnosticPages.OrderBy(page => page.Key, StringComparer.Ordinal)
            .Select(page => $"{page.Key} {levels.GetValueOrDefault(page.Key, "error")} {page.Value.Split('\n')[0][$"# {page.Key}: ".Length..]}");

        var listed = Row().Matches(Repository.Read("docs/diagnostics/README.md"))
            .Select(row => $"{row.Groups["code"].Value} {row.Groups["level"].Value} {row.Groups["title"].Value}");

        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', listed));
    }

    [GeneratedRegex(@"^\| \[(?<code>SGN\d{4})\]\(\k<code>\.md\) \| (?<level>\w+) \| (?<title>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
