namespace Sign.Build.Package.Tests;

/// <summary>The certificate is in the user's store. On Linux that is a folder below the home folder, which the workspace can have for itself.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class StoreTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTheFingerprintIsInTheStore_PackageIsSignedByThatCertificate()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var certificate = TestPki.Shared.CodeSigning;
        var project = AddProject(timestamps, $"<SignBuildCertificateFingerprint>{certificate.Fingerprint.ToUpperInvariant()}</SignBuildCertificateFingerprint>");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.ByAuthor("Lib 1.2.3", certificate.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
    }

    [TestMethod]
    public async Task Pack_WhenTheFingerprintIsSha1_PrintsTheSha256ToUse()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var certificate = TestPki.Shared.CodeSigning;
        var project = AddProject(timestamps, $"<SignBuildCertificateFingerprint>{certificate.Certificate.Thumbprint}</SignBuildCertificateFingerprint>");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN1002"), (result.ExitCode, result.Errors), result.ToString());
        Assert.Contains(certificate.Fingerprint, result.Diagnostics.Single().Text);
    }

    private TestProject AddProject(TestTimestampServer timestamps, string certificateProperties)
    {
        var home = Directory.CreateDirectory(Workspace["home"]).FullName;
        Workspace.Environment["HOME"] = home;
        var certificate = TestPki.Shared.CodeSigning;
        // .NET's store on Linux: https://learn.microsoft.com/dotnet/standard/security/cross-platform-cryptography#x509store
        Workspace.Write($"home/.dotnet/corefx/cryptography/x509stores/my/{certificate.Certificate.Thumbprint}.pfx", certificate.ExportPfx(withIssuers: false));
        Workspace.Write("intermediate.pem", TestPki.Shared.Intermediates[0].ExportCertificatePem());
        return Workspace.AddProject("Lib", TestSigning.Settings(Workspace, timestamps.Url, certificateProperties) + """
            <ItemGroup><SignBuildAdditionalCertificate Include="../intermediate.pem" /></ItemGroup>
            """);
    }
}
