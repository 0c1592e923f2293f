using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>Whatever a certificate or a package is called, the report has the same shape.</summary>
[TestClass]
public sealed partial class MarkdownReportHostileTests
{
    [TestMethod]
    public void Write_WhenNamesAreHostile_HasTheSameLinesAndCells()
    {
        var expected = Shape("harmless");

        foreach (var text in HostileTexts.All)
        {
            Assert.AreEqual(expected, Shape(text), text);
        }
    }

    [TestMethod]
    public void Write_WhenNamesAreHostile_GivesNoCommandToACiSystem()
    {
        foreach (var text in HostileTexts.All)
        {
            Commands.AssertNone(MarkdownReport.Write(Reports.Build(Reports.Package("lib.nupkg", subject: text, id: text, version: text)), "validity.svg"));
        }
    }

    [TestMethod]
    public void Text_WhenTextIsHostile_LeavesNoCharacterThatMarkdownKnows()
    {
        foreach (var text in HostileTexts.All)
        {
            var escaped = Markdown.Text(text);

            var rest = Reference().Replace(escaped, "").Replace("<!-- -->", "", StringComparison.Ordinal);
            Assert.IsFalse(rest.Any(character => char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) && character is not (' ' or ',' or '=')), escaped);
        }
    }

    [TestMethod]
    public void Text_WhenRendered_ShowsTheText()
    {
        foreach (var text in HostileTexts.All)
        {
            Assert.AreEqual(SafeText.Line(text), WebUtility.HtmlDecode(Markdown.Text(text).Replace("<!-- -->", "", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void Text_WhenThereIsAnAddress_KeepsItFromBecomingALink()
    {
        Assert.AreEqual("a&#64;<!-- -->b&#46;c", Markdown.Text("a@b.c"));
    }

    [TestMethod]
    public void Hash_WhenItIsNone_IsStillCode()
    {
        Assert.AreEqual("`abc+/=`", Markdown.Hash("a`b|c<+/=>\n"));
    }

    // Every line with its number of cells; what is in a cell does not count.
    private static string Shape(string text)
    {
        var package = Reports.Package("/packages/lib.nupkg", subject: text, id: text, version: text) with
        {
            Outcome = text,
            Policy = text,
            Sha256 = text,
            ContentHash = text,
            Timestamp = new TimestampReport(Reports.Now, text, [new CertificateReport(text, text, Reports.Now, Reports.Now)]),
            Rules = [new RuleReport("SGN5012", text, "warning", text)],
        };
        var lines = Encoding.UTF8.GetString(MarkdownReport.Write(Reports.Build(package), "validity.svg")).Split('\n');
        return string.Join('\n', lines.Select(line => $"{Start().Match(line).Value} {line.Count(character => character == '|')} {line.Count(character => character == '`')} {line.Count(character => character == '[')}"));
    }

    [GeneratedRegex("&#[0-9]+;")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(#+ |\| |- |!\[)?")]
    private static partial Regex Start();
}
