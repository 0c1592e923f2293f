using System.Text.Json;
using System.Text.RegularExpressions;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Tests.Reporting;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>docs/report.md describes the fields of report.json.</summary>
[TestClass]
public sealed partial class ReportSchemaTests
{
    [TestMethod]
    [DataRow("Report", "")]
    [DataRow("Package", "packages")]
    [DataRow("Certificate", "packages signer")]
    [DataRow("Timestamp", "packages timestamp")]
    [DataRow("Rule", "packages rules")]
    public void Fields_OfEachTable_AreThoseThatAreWritten(string heading, string place)
    {
        using var report = JsonDocument.Parse(BuildReportJson.Write(Reports.Build(Reports.Package("lib.nupkg"))));
        var written = place.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(report.RootElement, First);

        Assert.AreEqual(
            string.Join(' ', written.EnumerateObject().Select(property => property.Name)),
            string.Join(' ', Field().Matches(Section(heading)).Select(match => match.Groups["name"].Value)));
    }

    [TestMethod]
    public void Version_OfTheSchema_IsTheOneThatIsWritten()
    {
        Assert.Contains($"## Schema, version {BuildReport.CurrentSchema}\n", Repository.Read("docs/report.md"));
    }

    private static JsonElement First(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? list[0] : parent.GetProperty(name);

    private static string Section(string heading) =>
        Repository.Read("docs/report.md").Split($"\n### {heading}\n")[1].Split("\n#")[0];

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Field();
}
