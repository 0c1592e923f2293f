namespace Sign.Build.Package.Tests;

/// <summary>The name of a package in a mirror cannot give commands to the CI system that reads the log, or forge a line of it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class HostileFileTests : PackageTest
{
    [TestMethod]
    public async Task Verify_WhenFileNamesHaveLogCommands_PrintsNone()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        var mirror = Directory.CreateDirectory(Workspace["mirror"]).FullName;
        var package = TestPackages.CreateUnsignedBytes();
        foreach (var name in (string[])["a\n::error::forged", "b\nerror SGN5011: forged", "##vso[task.complete result=Succeeded]"])
        {
            await File.WriteAllBytesAsync(Path.Combine(mirror, name + ".nupkg"), package, Cancellation);
        }

        var result = await Workspace.DotNetAsync(
            project.Folder, Cancellation, "msbuild", project.Path, "-restore", "-t:SignBuildVerifyPackages", "-p:SignBuildPackages=../mirror/*.nupkg", "-v:detailed");

        Assert.AreEqual((1, "SGN5001 SGN5001 SGN5001"), (result.ExitCode, result.Errors), result.ToString());
        var lines = result.Output.Split('\n').Where(line => line.Contains("SGN5001", StringComparison.Ordinal) || line.Contains(": rejected; ", StringComparison.Ordinal)).ToArray();
        Assert.IsFalse(lines.Any(line => line.Contains("##vso[", StringComparison.Ordinal)), result.Output);
        Assert.IsTrue(lines.Any(line => line.Contains("a?::error::forged.nupkg", StringComparison.Ordinal)), result.Output);
        Assert.IsTrue(lines.Any(line => line.Contains("b?error SGN5011: forged.nupkg", StringComparison.Ordinal)), result.Output);
    }
}
