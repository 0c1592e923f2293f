using System.Text.Json;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class ReportJsonHostileTests
{
    [TestMethod]
    public void Write_WhenTextsOfAVerificationAreHostile_KeepsEachAsItIs()
    {
        // A lone surrogate is no text; it becomes the replacement character.
        foreach (var text in HostileTexts.All.Where(text => !text.Any(char.IsSurrogate)))
        {
            using var json = JsonDocument.Parse(VerificationReportJson.Write(Verifications.Of(text)));

            var package = json.RootElement.GetProperty("packages")[0];
            Assert.AreEqual(
                (text, text, text),
                (package.GetProperty("id").GetString(), package.GetProperty("repository").GetProperty("owners")[1].GetString(), package.GetProperty("findings")[0].GetProperty("message").GetString()));
            Assert.AreEqual(Verifications.Package(text).Path, package.GetProperty("path").GetString());
        }
    }

    [TestMethod]
    public void Write_WhenTextsOfAVerificationAreHostile_GivesNoCommandToACiSystem()
    {
        foreach (var text in HostileTexts.All)
        {
            Commands.AssertNone(VerificationReportJson.Write(Verifications.Of(text)));
        }
    }

    [TestMethod]
    public void Write_WhenTextsOfAReportAreHostile_GivesNoCommandToACiSystem()
    {
        foreach (var text in HostileTexts.All)
        {
            Commands.AssertNone(BuildReportJson.Write(Reports.Build(Reports.Package("/packages/" + text, subject: text, id: text, version: text))));
        }
    }
}
