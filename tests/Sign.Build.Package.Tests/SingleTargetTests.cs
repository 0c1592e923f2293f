namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class SingleTargetTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenOneTarget_PackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.AreEqual("Lib.1.2.3.nupkg", project.PackageFolderContent);
    }

    [TestMethod]
    public async Task Build_WhenNothingIsPacked_DoesNothing()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);

        var result = await Workspace.DotNetAsync(project.Folder, Cancellation, "build");

        result.EnsureClean();
        Assert.IsEmpty(result.Targets.Where(target => target.StartsWith("SignBuild", StringComparison.Ordinal)));
    }
}
