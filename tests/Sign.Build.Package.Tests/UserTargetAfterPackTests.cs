namespace Sign.Build.Package.Tests;

/// <summary>A target of the project that hangs on Pack runs before those of packages that do the same.</summary>
[TestClass]
public sealed class UserTargetAfterPackTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenATargetCopiesThePackage_TheCopyIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <Target Name="CopyToFeed" AfterTargets="Pack">
              <Copy SourceFiles="$(PackageOutputPath)/$(PackageId).$(PackageVersion).nupkg" DestinationFolder="$(MSBuildProjectDirectory)/feed" />
            </Target>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(Path.Combine(project.Folder, "feed", "Lib.1.2.3.nupkg"), "Lib 1.2.3");
    }
}
