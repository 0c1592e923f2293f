namespace Sign.Build.Package.Tests;

/// <summary>
/// The default policy from end to end, second opinion included, in an SDK that trusts the tests' roots as the real one trusts
/// those of certificate authorities.
/// </summary>
[TestClass]
public sealed class NuGetOrgTests : PackageTest
{
    private static readonly Lazy<TemporaryDirectory> SdkFolder = new(() => new TemporaryDirectory());

    private static readonly Lazy<TrustingSdk> Sdk = new(() => TrustingSdk.Create(
        TestSdk.Directory, SdkFolder.Value["dotnet"], string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n"))));

    [ClassCleanup]
    public static void RemoveSdk()
    {
        if (SdkFolder.IsValueCreated)
        {
            SdkFolder.Value.Dispose();
        }
    }

    [TestMethod]
    public async Task Pack_WhenAnOwnerRegisteredTheCertificate_DotNetNuGetVerifiesThePackage()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        UseTrustingSdk();
        var project = AddProject(timestamps, """<SignBuildOwner Include="contoso" Certificates="../registered.cer" />""");
        Workspace.Write("registered.cer", TestPki.Shared.CodeSigning.ExportDer());

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(
            SignedPackage.ByAuthor("Lib 1.2.3", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        var verification = await Command.RunAsync(
            Sdk.Value.DotNet, ["nuget", "verify", "--all", project.PackagePath], Workspace.Path, Workspace.Environment, Cancellation);
        Assert.AreEqual(0, verification.ExitCode, verification.ToString());
    }

    [TestMethod]
    [DataRow("fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210", "SGN5015")]
    [DataRow("", "SGN5017")]
    public async Task Pack_WhenNobodyRegisteredTheCertificate_FailsBeforeAnythingIsCompiled(string registered, string code)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        UseTrustingSdk();
        var project = AddProject(timestamps, $"""<SignBuildOwner Include="contoso" Certificates="{registered}" />""");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, code), (result.ExitCode, result.Errors), result.ToString());
        Assert.DoesNotContain("CoreCompile", result.Targets);
    }

    // Nothing is wrong before Pack has written the file: what rejects it is the check of the finished package, and that alone.
    [TestMethod]
    [DataRow(true, 1, "SGN5021", "Other.1.0.0.nupkg.rejected")]
    [DataRow(false, 0, "", "Other.1.0.0.nupkg")]
    public async Task Pack_WhenOnlyTheFinishedPackageIsWrong_TheCheckAfterSigningFindsIt(bool verify, int exitCode, string errors, string left)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        UseTrustingSdk();
        var project = AddProject(timestamps, "", """
            <Target Name="AddPackage" AfterTargets="SignBuildCollectPackages">
              <ItemGroup><SignBuildPackage Include="other/*.nupkg" /></ItemGroup>
            </Target>
            """);
        var folder = Directory.CreateDirectory(Path.Combine(project.Folder, "other")).FullName;
        TestPackages.CreateUnsigned(folder, "Other", options: new TestPackageOptions { EntryTime = DateTimeOffset.Now.AddDays(3) });

        var result = await project.PackAsync(Cancellation, $"-p:SignBuildVerify={verify}");

        Assert.AreEqual((exitCode, errors), (result.ExitCode, result.Errors), result.ToString());
        Assert.AreEqual(left, Path.GetFileName(Directory.GetFiles(folder).Single()));
    }

    // What every other SDK says of the tests' certificates: nobody here trusts them for nuget.org.
    [TestMethod]
    public async Task Pack_WhenTheRootIsNotThePlatforms_IsRejected()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = AddProject(timestamps, "");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains("SGN5010", result.Errors);
        Assert.AreEqual("", project.PackageFolderContent);
    }

    private void UseTrustingSdk()
    {
        if (!TrustingSdk.IsPossible)
        {
            Assert.Inconclusive("NuGet cannot be made to trust the tests' roots on this machine.");
        }

        Workspace.DotNet = Sdk.Value.DotNet;
        Workspace.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Sdk.Value.DotNet);
        Workspace.Environment["NUGET_CERT_REVOCATION_MODE"] = "offline";

        // A compiler server would outlive the folder that it runs from.
        Workspace.Environment["UseSharedCompilation"] = "false";
    }

    private TestProject AddProject(TestTimestampServer timestamps, string items, string targets = "")
    {
        Workspace.Environment["SIGNBUILD_CERTIFICATE_PASSWORD"] = TestSigning.Password;
        Workspace.Write("signing.pfx", TestPki.Shared.CodeSigning.ExportPfx(TestSigning.Password));
        return Workspace.AddProject("Lib", $"""
            <PropertyGroup>
              <SignBuildCertificatePath>../signing.pfx</SignBuildCertificatePath>
              <SignBuildTimestampUrl>{timestamps.Url}</SignBuildTimestampUrl>
              <SignBuildRevocationMode>NoCheck</SignBuildRevocationMode>
            </PropertyGroup>
            <ItemGroup>{items}</ItemGroup>
            {targets}
            """);
    }
}
