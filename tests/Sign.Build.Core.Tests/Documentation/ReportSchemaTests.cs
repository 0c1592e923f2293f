using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>docs/report.md describes the fields of report.json.</summary>
[TestClass]
public sealed partial class ReportSchemaTests
{
    [TestMethod]
    [DataRow("Report", typeof(BuildReport))]
    [DataRow("Package", typeof(PackageReport))]
    [DataRow("Certificate", typeof(CertificateReport))]
    [DataRow("Timestamp", typeof(TimestampReport))]
    [DataRow("Rule", typeof(RuleReport))]
    public void Fields_OfEachTable_AreThoseThatAreWritten(string heading, Type type)
    {
        JsonTypeInfo written = ReportJson.Default.GetTypeInfo(type)!;

        Assert.AreEqual(
            string.Join(' ', written.Properties.Select(property => property.Name)),
            string.Join(' ', Field().Matches(Section(heading)).Select(match => match.Groups["name"].Value)));
    }

    [TestMethod]
    public void Version_OfTheSchema_IsTheOneThatIsWritten()
    {
        Assert.Contains($"## Schema, version {BuildReport.CurrentSchema}\n", Repository.Read("docs/report.md"));
    }

    private static string Section(string heading) =>
        Repository.Read("docs/report.md").Split($"\n### {heading}\n")[1].Split("\n#")[0];

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Field();
}
