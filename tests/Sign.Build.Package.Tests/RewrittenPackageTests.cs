namespace Sign.Build.Package.Tests;

/// <summary>Targets of others that rewrite the package, as Microsoft.Sbom.Targets does after Pack.</summary>
[TestClass]
public sealed class RewrittenPackageTests : PackageTest
{
    private const string AppendToPackage = """
          <ItemGroup><_Zip Include="@(NuGetPackOutput)" Condition="'%(Extension)' == '.nupkg'" /></ItemGroup>
          <Unzip SourceFiles="@(_Zip)" DestinationFolder="$(IntermediateOutputPath)unzipped" />
          <WriteLinesToFile File="$(IntermediateOutputPath)unzipped/manifest.json" Lines="{}" Overwrite="true" />
          <ZipDirectory SourceDirectory="$(IntermediateOutputPath)unzipped" DestinationFile="@(_Zip)" Overwrite="true" />
        """;

    [TestMethod]
    public async Task Pack_WhenASoftwareBillIsGenerated_PackageIsSignedAfterwards()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <PropertyGroup><GenerateSBOM>true</GenerateSBOM></PropertyGroup>
            <Target Name="GenerateSbomTarget" AfterTargets="Pack">{AppendToPackage}</Target>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        using var archive = await System.IO.Compression.ZipFile.OpenReadAsync(project.PackagePath, Cancellation);
        Assert.IsNotNull(archive.GetEntry("manifest.json"));
    }

    [TestMethod]
    public async Task Pack_WhenATargetIsNamedInSignBuildDependsOn_PackageIsSignedAfterwards()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <PropertyGroup><SignBuildDependsOn>$(SignBuildDependsOn);AddManifest</SignBuildDependsOn></PropertyGroup>
            <Target Name="AddManifest" AfterTargets="Pack">{AppendToPackage}</Target>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }

    [TestMethod]
    [DataRow("Quarantine", "Lib.1.2.3.nupkg.rejected")]
    [DataRow("Keep", "Lib.1.2.3.nupkg")]
    public async Task Pack_WhenATargetOfSignBuildDependsOnFails_TheUnsignedPackageIsTreatedAsRejected(string rejectedPackages, string content)
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <PropertyGroup>
              <SignBuildDependsOn>$(SignBuildDependsOn);AddManifest</SignBuildDependsOn>
              <SignBuildRejectedPackages>{rejectedPackages}</SignBuildRejectedPackages>
            </PropertyGroup>
            <Target Name="AddManifest"><Error Code="LIB1" Text="No manifest." /></Target>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "LIB1"), (result.ExitCode, result.Errors));
        Assert.AreEqual(content, project.PackageFolderContent);
    }

    [TestMethod]
    [DataRow("BeforeTargets=\"SignBuildSignPackages\"")]
    [DataRow("BeforeTargets=\"SignBuildCollectPackages\"")]
    [DataRow("AfterTargets=\"SignBuildCollectPackages\"")]
    public async Task Pack_WhenATargetBeforeSigningFails_NoUnsignedPackageIsLeft(string hook)
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <Target Name="AddManifest" {hook}><Error Code="LIB1" Text="No manifest." /></Target>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "LIB1"), (result.ExitCode, result.Errors));
        Assert.AreEqual("Lib.1.2.3.nupkg.rejected", project.PackageFolderContent);
    }

    [TestMethod]
    public async Task Pack_WhenATargetRewritesThePackageAfterSigning_IsAnError()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <Target Name="AddManifest" AfterTargets="Pack">{AppendToPackage}</Target>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN5099"), (result.ExitCode, result.Errors));
        Assert.AreEqual(project.PackagePath, result.Diagnostics.Single().File);
        Assert.AreEqual("Lib.1.2.3.nupkg.rejected", project.PackageFolderContent);
    }
}
