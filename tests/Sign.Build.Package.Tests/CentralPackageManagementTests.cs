namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class CentralPackageManagementTests : PackageTest
{
    [TestMethod]
    [DataRow("Directory.Packages.props")]
    [DataRow("Directory.Build.props")]
    public async Task Pack_WhenTheReferenceIsGlobal_PackageIsSigned(string file)
    {
        var reference = $"""<ItemGroup><GlobalPackageReference Include="Sign.Build" Version="{Workspace.SignBuild.Version}" /></ItemGroup>""";
        var central = "<PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>";
        Workspace.Write("Directory.Packages.props", $"<Project>{central}</Project>");
        Workspace.Write("Directory.Build.props", $"<Project>{DevelopmentMode}</Project>");
        var text = await File.ReadAllTextAsync(Workspace[file], Cancellation);
        Workspace.Write(file, text.Replace("</Project>", reference + "</Project>", StringComparison.Ordinal));
        var project = Workspace.AddPlainProject("Lib");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
