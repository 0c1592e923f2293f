using System.Text;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class BuildReportJsonTests
{
    [TestMethod]
    public void ReadPackages_OfAWrittenReport_GivesTheSameBack()
    {
        foreach (var text in HostileTexts.All)
        {
            // A lone surrogate is no text, and no name that was read from a certificate has one.
            var name = SafeText.Line(text);
            var json = BuildReportJson.Write(Reports.Build(Reports.Package("/packages/" + name, subject: name, id: name)));

            var package = BuildReportJson.ReadPackages(json).Single();

            Assert.AreEqual(("/packages/" + name, name, name), (package.Path, package.Id, package.Signer[0].Subject));
            CollectionAssert.AreEqual(json, BuildReportJson.Write(Reports.Build(package)));
        }
    }

    [TestMethod]
    public void Write_WhenTextHasMarkup_KeepsItOutOfHtml()
    {
        var json = Encoding.UTF8.GetString(BuildReportJson.Write(Reports.Build(Reports.Package("lib.nupkg", subject: "</script><script>"))));

        Assert.DoesNotContain("<", json);
    }
}
