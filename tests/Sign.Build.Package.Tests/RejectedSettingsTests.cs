namespace Sign.Build.Package.Tests;

/// <summary>What a user can get wrong: one error with its code, exit code 1, and nothing under a name that a push would take.</summary>
[TestClass]
public sealed class RejectedSettingsTests : PackageTest
{
    private TestTimestampServer _timestamps = null!;

    [TestInitialize]
    public async Task StartTimestamps() => _timestamps = await TestTimestampServer.StartAsync();

    [TestCleanup]
    public async Task StopTimestamps() => await _timestamps.DisposeAsync();

    [TestMethod]
    [DataRow(true, "")]
    [DataRow(false, "Lib.1.2.3.nupkg.rejected")]
    public async Task Pack_WhenThePasswordIsWrong_NoPackageIsLeft(bool preflight, string left)
    {
        var project = AddProject(TestPki.Shared.CodeSigning);
        Workspace.Environment["SIGNBUILD_CERTIFICATE_PASSWORD"] = "wrong";

        var result = await project.PackAsync(Cancellation, $"-p:SignBuildPreflight={preflight}");

        AssertRejected(result, project, "SGN2002", left);
        Assert.DoesNotContain("wrong'", result.Output);
    }

    [TestMethod]
    [DataRow(true, "")]
    [DataRow(false, "Lib.1.2.3.nupkg.rejected")]
    public async Task Pack_WhenTheFileIsMissing_NoPackageIsLeft(bool preflight, string left)
    {
        var project = AddProject(TestPki.Shared.CodeSigning);
        File.Delete(Workspace["signing.pfx"]);

        var result = await project.PackAsync(Cancellation, $"-p:SignBuildPreflight={preflight}");

        AssertRejected(result, project, "SGN2001", left);
    }

    [TestMethod]
    public async Task Pack_WhenThePackageIsKept_ItStaysUnsignedUnderItsName()
    {
        var project = AddProject(TestPki.Shared.CodeSigning);
        File.Delete(Workspace["signing.pfx"]);

        var result = await project.PackAsync(Cancellation, "-p:SignBuildPreflight=false", "-p:SignBuildRejectedPackages=Keep");

        AssertRejected(result, project, "SGN2001", "Lib.1.2.3.nupkg");
    }

    [TestMethod]
    public async Task Pack_WhenThereIsNoPrivateKey_NoPackageIsLeft()
    {
        var project = AddProject(TestPki.Shared.CodeSigning);
        Workspace.Write("signing.pem", TestPki.Shared.CodeSigning.ExportChainPem());

        var result = await project.PackAsync(Cancellation, "-p:SignBuildCertificatePath=../signing.pem");

        AssertRejected(result, project, "SGN2003", "");
    }

    [TestMethod]
    public async Task Pack_WhenTheCertificateHasExpired_NoPackageIsLeft()
    {
        using var expired = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with
        {
            NotBefore = DateTimeOffset.UtcNow.AddDays(-30),
            NotAfter = DateTimeOffset.UtcNow.AddDays(-1),
        });
        var project = AddProject(expired);

        var result = await project.PackAsync(Cancellation);

        AssertRejected(result, project, "SGN5009", "");
    }

    [TestMethod]
    public async Task Pack_WhenThereAreTwoSources_NoPackageIsLeft()
    {
        var project = AddProject(TestPki.Shared.CodeSigning);
        Workspace.Environment["RELEASE_CERTIFICATE"] = Convert.ToBase64String(TestPki.Shared.CodeSigning.ExportPfx());

        var result = await project.PackAsync(Cancellation, "-p:SignBuildCertificateVariable=RELEASE_CERTIFICATE");

        AssertRejected(result, project, "SGN1003", "");
    }

    [TestMethod]
    public async Task Pack_WhenThePasswordIsAProperty_NoPackageIsLeft()
    {
        var project = AddProject(TestPki.Shared.CodeSigning);

        var result = await project.PackAsync(Cancellation, "-p:SignBuildCertificatePassword=literal-secret");

        AssertRejected(result, project, "SGN1005", "");
        Assert.DoesNotContain("literal-secret", result.Diagnostics.Single().Text);
    }

    [TestMethod]
    public async Task Pack_WhenAModeIsMisspelled_IsAnError()
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, "-p:SignBuildMode=Developmnet");

        AssertRejected(result, project, "SGN1002", "");
    }

    private TestProject AddProject(TestCertificate certificate) =>
        Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, _timestamps, certificate));

    private static void AssertRejected(BuildResult result, TestProject project, string code, string left)
    {
        Assert.AreEqual((1, code), (result.ExitCode, result.Errors), result.ToString());
        Assert.AreEqual(left, project.PackageFolderContent);
    }
}
