using System.Text;
using System.Text.RegularExpressions;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed partial class VerificationMarkdownTests
{
    [TestMethod]
    public void Write_WhenTextsAreHostile_HasTheSameLinesAndCells()
    {
        var expected = Shape("harmless");

        foreach (var text in HostileTexts.All)
        {
            Assert.AreEqual(expected, Shape(text), text);
        }
    }

    [TestMethod]
    public void Write_WhenTextsAreHostile_GivesNoCommandToACiSystem()
    {
        foreach (var text in HostileTexts.All)
        {
            Commands.AssertNone(VerificationMarkdown.Write(Verifications.Of(text)));
        }
    }

    [TestMethod]
    public void Write_WhenAFindingIsLong_SaysAllOfIt()
    {
        var finding = new FindingEntry("SGN5010", "error", new string('a', 1000) + "end");

        var text = Encoding.UTF8.GetString(VerificationMarkdown.Write(
            Verifications.Of("x") with { Packages = [Verifications.Package("x") with { Findings = [finding] }] }));

        StringAssert.Contains(text, finding.Message);
    }

    // Every line with its number of cells; what is in a cell does not count.
    private static string Shape(string text) => string.Join('\n', Encoding.UTF8.GetString(VerificationMarkdown.Write(Verifications.Of(text)))
        .Replace("<!-- -->", "", StringComparison.Ordinal).Split('\n')
        .Select(line => $"{Start().Match(line).Value} {line.Count(character => character == '|')} {line.Count(character => character == '`')} {line.Count(character => character is '[' or '<')} {line.Any(char.IsControl)}"));

    [GeneratedRegex(@"^(#+ |\| |- |!\[)?")]
    private static partial Regex Start();
}
