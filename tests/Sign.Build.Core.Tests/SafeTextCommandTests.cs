namespace Sign.Build.Core.Tests;

/// <summary>CI systems obey commands that they find in a log.</summary>
[TestClass]
public sealed class SafeTextCommandTests
{
    [TestMethod]
    [DataRow("plain: a::b #1 C#", "plain: a::b #1 C#")]
    [DataRow("##vso[task.complete]", "# #vso[task.complete]")]
    [DataRow("x ##[error]y", "x # #[error]y")]
    [DataRow("###vso[task.complete]", "# # #vso[task.complete]")]
    [DataRow("#####[error]", "# # # # #[error]")]
    [DataRow("::error::forged", "'::error::forged")]
    [DataRow("  \t::error::forged", "  \t'::error::forged")]
    [DataRow("first\n::error::forged", "first\n'::error::forged")]
    [DataRow("first\r::error::forged", "first\r'::error::forged")]
    [DataRow("", "")]
    [DataRow(null, null)]
    public void WithoutCommands_WhenTextHasACommand_BreaksIt(string? text, string? expected)
    {
        Assert.AreEqual(expected, SafeText.WithoutCommands(text));
    }

    [TestMethod]
    [DataRow("/mirror/a\n::error::forged.nupkg", "/mirror/a?::error::forged.nupkg")]
    [DataRow("::error::forged \u202e##[error]", "'::error::forged ?# #[error]")]
    [DataRow(null, null)]
    public void LogLine_WhenAFileNameHasACommand_IsOneLineWithoutIt(string? text, string? expected)
    {
        Assert.AreEqual(expected, SafeText.LogLine(text));
    }

    [TestMethod]
    public void LogLine_WhenTheTextIsAnError_IsNotCut()
    {
        Assert.AreEqual(new string('a', 20_000), SafeText.LogLine(new string('a', 20_000)));
    }
}
