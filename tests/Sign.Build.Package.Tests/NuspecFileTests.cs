namespace Sign.Build.Package.Tests;

/// <summary>With NuspecFile the SDK announces a package by the project's name; what Pack writes has the name in the file.</summary>
[TestClass]
public sealed class NuspecFileTests : PackageTest
{
    private const string Nuspec = """
        <?xml version="1.0"?>
        <package>
          <metadata>
            <id>Other.Id</id>
            <version>9.9.9</version>
            <authors>somebody</authors>
            <description>Not what the project says.</description>
          </metadata>
          <files><file src="data.txt" target="content" /></files>
        </package>
        """;

    [TestMethod]
    public async Task Pack_WhenTheNuspecHasAnotherName_TheRealPackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + "<PropertyGroup><NuspecFile>Other.nuspec</NuspecFile></PropertyGroup>");
        Workspace.Write("Lib/Other.nuspec", Nuspec);
        Workspace.Write("Lib/data.txt", "data");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(Path.Combine(project.PackageFolder, "Other.Id.9.9.9.nupkg"), "Other.Id 9.9.9");
    }

    [TestMethod]
    public async Task Pack_WhenTheNuspecHasTheProjectsName_PackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + "<PropertyGroup><NuspecFile>Lib.nuspec</NuspecFile></PropertyGroup>");
        Workspace.Write("Lib/Lib.nuspec", Nuspec.Replace("Other.Id", "Lib", StringComparison.Ordinal).Replace("9.9.9", "1.2.3", StringComparison.Ordinal));
        Workspace.Write("Lib/data.txt", "data");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
