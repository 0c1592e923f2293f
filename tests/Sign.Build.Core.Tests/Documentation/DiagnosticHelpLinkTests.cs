namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The link that MSBuild shows beside a code leads to its page.</summary>
[TestClass]
public sealed class DiagnosticHelpLinkTests
{
    private const string Root = "https://github.com/sign-build/sign-build/blob/main/";

    [TestMethod]
    public void HelpLink_OfEveryDiagnosticOfTheTasks_IsItsPage()
    {
        foreach (var diagnostic in RaisedDiagnostics.OfTasks)
        {
            Assert.AreEqual($"{Root}docs/diagnostics/{diagnostic.Code}.md", diagnostic.HelpLink);
        }
    }

    [TestMethod]
    public void HelpLink_OfEveryErrorOfTheTargets_IsItsPage()
    {
        Assert.IsNotEmpty(RaisedDiagnostics.OfTargets);
        foreach (var (code, helpLink) in RaisedDiagnostics.OfTargets)
        {
            Assert.AreEqual($"{Root}docs/diagnostics/{code}.md", helpLink);
        }
    }

    [TestMethod]
    public void Errors_OfTheTargets_AllHaveACodeAndALink()
    {
        var errors = Repository.Read("build/Sign.Build.targets").Split("<Error ").Length - 1;

        Assert.HasCount(errors, RaisedDiagnostics.OfTargets);
    }
}
