using System.Text;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class MarkdownReportTests
{
    [TestMethod]
    [DataRow("passed", "✅")]
    [DataRow("warning", "⚠️")]
    [DataRow("skipped", "➖")]
    [DataRow("failed", "❌")]
    public void Write_ForEveryRule_ShowsItsVerdictAndCode(string verdict, string mark)
    {
        var text = Write(Reports.Package("lib.nupkg") with { Rules = [new RuleReport("SGN5001", "is signed", verdict, null)] });

        Assert.Contains($"\n| {mark} | is signed | SGN5001 |\n", text);
    }

    [TestMethod]
    public void Write_WhenThePackageWasNotVerified_SaysSoAndClaimsNothing()
    {
        var package = Reports.Package("lib.nupkg");

        var text = Write(package with { Rules = [], Signer = [], Timestamp = package.Timestamp with { Chain = [] } });

        Assert.Contains("\nNot verified.\n", text);
        Assert.DoesNotContain("✅", text);
    }

    private static string Write(PackageReport package) => Encoding.UTF8.GetString(MarkdownReport.Write(Reports.Build(package), "validity.svg"));
}
