namespace Sign.Build.Package.Tests;

/// <summary>A tool for N runtimes is N+1 packages, packed by N+1 builds of one project in parallel.</summary>
[TestClass]
public sealed class RidSpecificToolTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenAToolHasRuntimes_EveryPackageIsSigned()
    {
        var project = Workspace.AddProject("Tool", DevelopmentMode + """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <PackAsTool>true</PackAsTool>
              <RuntimeIdentifiers>any;$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifiers>
              <ToolPackageRuntimeIdentifiers>any;$(NETCoreSdkRuntimeIdentifier)</ToolPackageRuntimeIdentifiers>
              <UseAppHost>false</UseAppHost>
              <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            </PropertyGroup>
            """);
        Workspace.Write("Tool/Program.cs", "return 0;");
        // A runtime pack is not needed to run such a tool, and the test has no source to download it from.
        Workspace.Write("Directory.Build.targets", """
            <Project>
              <ItemGroup>
                <KnownFrameworkReference Update="Microsoft.NETCore.App" RuntimePackRuntimeIdentifiers="" />
                <KnownILCompilerPack Remove="@(KnownILCompilerPack)" />
              </ItemGroup>
            </Project>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        var packages = Directory.GetFiles(project.PackageFolder, "*.nupkg");
        Assert.HasCount(3, packages);
        foreach (var package in packages)
        {
            var id = Path.GetFileName(package).Replace(".1.2.3.nupkg", "", StringComparison.Ordinal);
            await AssertSignedByDevelopmentAsync(package, id + " 1.2.3");
        }
    }
}
