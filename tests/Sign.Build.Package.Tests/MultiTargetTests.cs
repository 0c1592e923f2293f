namespace Sign.Build.Package.Tests;

/// <summary>Pack runs in the outer build here, which imports only buildMultiTargeting.</summary>
[TestClass]
public sealed class MultiTargetTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTwoTargets_PackageIsSignedOnce()
    {
        // Both targets need nothing but the reference assemblies that come with the SDK.
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <PropertyGroup>
              <TargetFramework></TargetFramework>
              <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
              <EnableWindowsTargeting>true</EnableWindowsTargeting>
              <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            </PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.ContainsSingle(result.Targets.Where(target => target == "SignBuildSignPackages"));
    }
    // MSBuild takes such a project, and one of several targets that is chosen with -p:TargetFramework, for an inner build; Pack packs it.
    [TestMethod]
    public async Task Pack_WhenOneTargetIsChosenOfAList_PackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <PropertyGroup>
              <TargetFramework>net10.0</TargetFramework>
              <TargetFrameworks>net10.0</TargetFrameworks>
            </PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
