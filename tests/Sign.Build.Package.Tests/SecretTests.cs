using System.Text;

namespace Sign.Build.Package.Tests;

/// <summary>Secrets come from environment variables that no project file reads, so that no log has them.</summary>
[TestClass]
public sealed class SecretTests : PackageTest
{
    private const string SecretPassword = "pa55-Wörter-in-no-log";

    [TestMethod]
    public async Task Pack_WhenEverythingIsLogged_NoLogHasASecret()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var certificate = Convert.ToBase64String(TestPki.Shared.CodeSigning.ExportPfx(SecretPassword));
        Workspace.Environment["RELEASE_CERTIFICATE"] = certificate;
        Workspace.Environment["RELEASE_PASSWORD"] = SecretPassword;
        var project = Workspace.AddProject("Lib", TestSigning.Settings(Workspace, timestamps.Url, """
            <SignBuildCertificateVariable>RELEASE_CERTIFICATE</SignBuildCertificateVariable>
            <SignBuildCertificatePasswordVariable>RELEASE_PASSWORD</SignBuildCertificatePasswordVariable>
            """));

        var result = await project.PackAsync(Cancellation, "-v:diag");

        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
        Assert.AreEqual(
            SignedPackage.ByAuthor("Lib 1.2.3", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        foreach (var secret in (string[])[SecretPassword, certificate, certificate[..64], certificate[200..264]])
        {
            Assert.DoesNotContain(secret, result.Output);
            Assert.IsFalse(Contains(result.ReadUncompressedLog(), secret), "The binary log has a secret.");
        }

        // The search itself finds what is there.
        Assert.IsTrue(Contains(result.ReadUncompressedLog(), "RELEASE_CERTIFICATE"));
    }

    [TestMethod]
    public async Task Pack_WhenThePasswordIsInAFile_NoLogHasIt()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        Workspace.Write("signing.pfx", TestPki.Shared.CodeSigning.ExportPfx(SecretPassword));
        Workspace.Write("password.txt", SecretPassword + "\n");
        var project = Workspace.AddProject("Lib", TestSigning.Settings(Workspace, timestamps.Url, """
            <SignBuildCertificatePath>../signing.pfx</SignBuildCertificatePath>
            <SignBuildCertificatePasswordFile>../password.txt</SignBuildCertificatePasswordFile>
            """));

        var result = await project.PackAsync(Cancellation, "-v:diag");

        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
        Assert.DoesNotContain(SecretPassword, result.Output);
        Assert.IsFalse(Contains(result.ReadUncompressedLog(), SecretPassword), "The binary log has the password.");
    }

    private static bool Contains(byte[] log, string text) => log.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
