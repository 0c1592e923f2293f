namespace Sign.Build.Package.Tests;

/// <summary>An older host cannot load the tasks: what it says comes from the targets alone.</summary>
[TestClass]
public sealed class HostTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTheHostIsTooOld_IsOneErrorBeforeTheBuild()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);

        var result = await project.PackAsync(Cancellation, "-p:_SignBuildMSBuildVersion=17.14.8");

        Assert.AreEqual((1, "SGN9001", ""), (result.ExitCode, result.Errors, project.PackageFolderContent), result.ToString());
    }

    [TestMethod]
    public async Task Pack_WhenTheHostIsTooOldAndNothingIsConfigured_DoesNothing()
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, "-p:_SignBuildMSBuildVersion=17.14.8");

        result.EnsureClean();
        Assert.AreEqual("Lib.1.2.3.nupkg", project.PackageFolderContent);
    }
}
