using System.Text.RegularExpressions;

namespace Sign.Build.Package.Tests;

/// <summary>The README's commands do what it says, in an empty folder.</summary>
[TestClass]
public sealed partial class ReadmeTests : PackageTest
{
    [TestMethod]
    public async Task Commands_WhenTheyAreTypedInAnEmptyFolder_MakeASignedPackage()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The commands are for a POSIX shell.");
        }

        var readme = (await File.ReadAllTextAsync(Path.Combine(Session.Package.RepositoryRoot, "README.md"), Cancellation)).ReplaceLineEndings("\n");
        var commands = string.Join('\n', ShellBlock().Matches(readme).Select(match => match.Groups["commands"].Value));

        // The package under test has a version that nobody types. Everything else is typed as it stands there.
        var script = commands.Replace("dotnet add package Sign.Build", $"dotnet add package Sign.Build --version {Session.Package.Version}", StringComparison.Ordinal);
        var result = await Command.RunAsync("/bin/sh", ["-exc", script], Workspace.Path, Workspace.Environment, Cancellation);

        result.EnsureSuccess();
        Assert.AreEqual(3, Line().Matches(commands.Split("dotnet msbuild")[0]).Count(command => command.Value.StartsWith("dotnet ", StringComparison.Ordinal)));
        await AssertSignedByDevelopmentAsync(Workspace["MyLib", "bin", "Release", "MyLib.1.0.0.nupkg"], "MyLib 1.0.0");
        Assert.Contains("MyLib 1.0.0: signed by Sign.Build ", result.Output);
        Assert.Contains("1 of 1 packages accepted", result.Output);
        Assert.Contains("Ready to sign as ", result.Output);
        Assert.IsTrue(File.Exists(Workspace["MyLib", "obj", "sign-build", "report.md"]));
    }

    [GeneratedRegex("^ *```sh\n(?<commands>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"(?<=^ *)\S.*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
