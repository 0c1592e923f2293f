namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class GeneratePackageOnBuildTests : PackageTest
{
    [TestMethod]
    public async Task Build_WhenItGeneratesThePackage_PackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + "<PropertyGroup><GeneratePackageOnBuild>true</GeneratePackageOnBuild></PropertyGroup>");

        var result = await Workspace.DotNetAsync(project.Folder, Cancellation, "build", "-c", "Release");

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
