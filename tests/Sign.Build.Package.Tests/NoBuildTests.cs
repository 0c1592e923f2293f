namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class NoBuildTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenNoBuild_PackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await Workspace.DotNetAsync(project.Folder, Cancellation, "build", "-c", "Release")).EnsureClean();

        var result = await project.PackAsync(Cancellation, "--no-build");

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
