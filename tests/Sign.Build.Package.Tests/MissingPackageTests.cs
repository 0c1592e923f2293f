namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class MissingPackageTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenThePackageIsGoneBeforeSigning_IsAnErrorAndNotSilence()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <Target Name="MovePackage" BeforeTargets="SignBuildCollectPackages">
              <Move SourceFiles="@(NuGetPackOutput->WithMetadataValue('Extension', '.nupkg'))" DestinationFolder="elsewhere" />
            </Target>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN3001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.AreEqual(project.PackagePath, result.Diagnostics.Single(diagnostic => diagnostic.Level == "error").File);
    }
}
