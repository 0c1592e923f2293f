namespace Sign.Build.Package.Tests;

/// <summary>Where MSBuild runs tasks elsewhere than in the node: multithreaded builds, Visual Studio.</summary>
[TestClass]
public sealed class TaskHostTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenMSBuildIsMultithreaded_AllPackagesAreSigned()
    {
        var result = await PackSolutionAsync("-mt");

        result.EnsureClean();
    }

    [TestMethod]
    public async Task Pack_WhenTasksRunInATaskHost_AllPackagesAreSigned()
    {
        // https://github.com/dotnet/msbuild/blob/main/documentation/wiki/MSBuild-Environment-Variables.md
        Workspace.Environment["MSBUILDFORCEALLTASKSOUTOFPROC"] = "1";

        var result = await PackSolutionAsync("-m:2");

        result.EnsureClean();
    }

    private async Task<BuildResult> PackSolutionAsync(string argument)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var body = TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning);
        TestProject[] projects = [Workspace.AddProject("One", body), Workspace.AddProject("Two", body), Workspace.AddProject("Three", body)];

        var result = await Workspace.DotNetAsync(Workspace.Path, Cancellation, "pack", Workspace.AddSolution("All", projects), argument);

        foreach (var project in projects)
        {
            Assert.IsTrue(File.Exists(project.PackagePath), result.ToString());
            Assert.AreEqual(
                SignedPackage.ByAuthor(project.Name + " 1.2.3", TestPki.Shared.CodeSigning.Fingerprint),
                await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        }

        return result;
    }
}
