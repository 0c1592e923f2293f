namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class UnconfiguredTests : PackageTest
{
    [TestMethod]
    [DataRow("")]
    [DataRow("Off")]
    [DataRow("auto")]
    public async Task Pack_WhenNothingIsConfigured_DoesNothingAndSaysNothing(string mode)
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, "-p:SignBuildMode=" + mode);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.NotSigned("Lib 1.2.3"), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        Assert.DoesNotContain("Sign.Build", result.Output);
        Assert.AreEqual("", string.Join(' ', Directory.GetDirectories(Path.Combine(project.Folder, "obj"), "sign-build")));
    }

    [TestMethod]
    public async Task Pack_WhenTheVariableOfTheCertificateIsUnset_DoesNotSign()
    {
        var project = Workspace.AddProject("Lib", """
            <PropertyGroup><SignBuildCertificateVariable>RELEASE_CERTIFICATE</SignBuildCertificateVariable></PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.NotSigned("Lib 1.2.3"), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
    }

    [TestMethod]
    public async Task Pack_WhenSigningIsRequired_IsAnError()
    {
        var project = Workspace.AddProject("Lib", "<PropertyGroup><SignBuildMode>Required</SignBuildMode></PropertyGroup>");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN1001"), (result.ExitCode, result.Errors));
        Assert.DoesNotContain(".nupkg ", project.PackageFolderContent + " ");
    }
}
