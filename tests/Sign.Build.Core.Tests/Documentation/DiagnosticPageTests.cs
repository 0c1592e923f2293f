namespace Sign.Build.Core.Tests.Documentation;

/// <summary>Codes and pages belong together.</summary>
[TestClass]
public sealed class DiagnosticPageTests
{
    [TestMethod]
    public void Pages_WhenComparedWithTheCodesThatAreRaised_AreTheSame()
    {
        Assert.AreEqual(
            string.Join(' ', RaisedDiagnostics.Codes),
            string.Join(' ', Repository.DiagnosticPages.Keys.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void Page_WhenRead_HasTitleDescriptionCauseAndFix()
    {
        foreach (var (code, page) in Repository.DiagnosticPages)
        {
            var headings = page.Split('\n').Where(line => line.StartsWith('#')).ToArray();

            Assert.StartsWith($"# {code}: ", headings[0]);
            CollectionAssert.AreEqual((string[])["## Description", "## Cause", "## Fix"], headings[1..], code);
        }
    }

    [TestMethod]
    public void Page_WhenRead_HasAnExampleOfTheFix()
    {
        foreach (var (code, page) in Repository.DiagnosticPages)
        {
            var fix = page[page.IndexOf("## Fix", StringComparison.Ordinal)..];

            Assert.Contains("\n```", fix, code);
            Assert.AreEqual(0, fix.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2, code);
        }
    }
}
