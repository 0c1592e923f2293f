namespace Sign.Build.Package.Tests;

/// <summary>Mode <c>Required</c>, for release CI: a build that signs nothing fails.</summary>
[TestClass]
public sealed class RequiredModeTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenNothingIsConfigured_FailsBeforeAnythingIsCompiled()
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, "-p:SignBuildMode=Required");

        Assert.AreEqual((1, "SGN1001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.DoesNotContain("CoreCompile", result.Targets);
    }

    // Imported after the package's own targets.
    [TestMethod]
    public async Task Pack_WhenItIsSetInDirectoryBuildTargets_Fails()
    {
        var project = Workspace.AddProject("Lib");
        Workspace.Write("Directory.Build.targets", "<Project><PropertyGroup><SignBuildMode>Required</SignBuildMode></PropertyGroup></Project>");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN1001"), (result.ExitCode, result.Errors), result.ToString());
    }

    [TestMethod]
    public async Task Pack_WhenTheVariableOfTheCertificateIsUnset_NamesTheVariable()
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, "-p:SignBuildMode=Required", "-p:SignBuildCertificateVariable=RELEASE_CERTIFICATE");

        Assert.AreEqual((1, "SGN1001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.Contains("'RELEASE_CERTIFICATE'", result.Diagnostics.Single().Text);
    }

    [TestMethod]
    public async Task Pack_WhenATargetTakesThePackageAway_IsAnError()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning) + """
            <Target Name="RemovePackage" AfterTargets="SignBuildCollectPackages">
              <ItemGroup><SignBuildPackage Remove="@(SignBuildPackage)" /></ItemGroup>
            </Target>
            """);

        var result = await project.PackAsync(Cancellation, "-p:SignBuildMode=Required");

        Assert.AreEqual((1, "SGN1001"), (result.ExitCode, result.Errors), result.ToString());
    }
}
