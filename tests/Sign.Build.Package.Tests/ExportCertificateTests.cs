namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class ExportCertificateTests : PackageTest
{
    [TestMethod]
    public async Task Export_WhenACertificateIsConfigured_WritesWhatNuGetOrgRegisters()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await Workspace.DotNetAsync(project.Folder, Cancellation, "msbuild", project.Path, "-restore", "-t:SignBuildExportCertificate");

        result.EnsureClean();
        CollectionAssert.AreEqual(
            TestPki.Shared.CodeSigning.ExportDer(),
            await File.ReadAllBytesAsync(Path.Combine(project.Folder, "obj", "sign-build", "certificate.cer"), Cancellation));
        StringAssert.Contains(result.Output, TestPki.Shared.CodeSigning.Fingerprint, StringComparison.OrdinalIgnoreCase);
        Assert.AreEqual(0, timestamps.RequestCount);
    }
}
