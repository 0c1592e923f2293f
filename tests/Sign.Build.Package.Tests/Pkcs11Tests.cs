using System.Text;

namespace Sign.Build.Package.Tests;

/// <summary>The key is in a token (SoftHSM), and only the token signs.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class Pkcs11Tests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTheKeyIsInAToken_NuGetAndOpenSslAcceptTheSignature()
    {
        using var token = await CreateTokenAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = AddProject(token, timestamps);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(
            SignedPackage.ByAuthor("Lib 1.2.3", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        var openSsl = await OpenSsl.VerifyCmsAsync(await SignedPackage.ReadSignatureAsync(project.PackagePath, Cancellation), [TestPki.Shared.CodeSigning.Root]);
        Assert.IsTrue(openSsl.Succeeded, openSsl.Output);
        if (NuGetOracle.IsUsable)
        {
            var verdict = await NuGetOracle.JudgeAsync(project.PackagePath, NuGet.Common.RevocationMode.Offline);
            Assert.IsTrue(verdict.IsAccepted, verdict.ToString());
        }
    }

    [TestMethod]
    [DataRow(TestToken.Pin, 0, "")]
    [DataRow("7294-wrong-Qx", 1, "SGN2006")]
    public async Task Pack_WhenEverythingIsLogged_NoLogHasThePin(string pin, int exitCode, string errors)
    {
        using var token = await CreateTokenAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = AddProject(token, timestamps);
        Workspace.Environment["SIGNBUILD_PKCS11_PIN"] = pin;

        var result = await project.PackAsync(Cancellation, "-v:diag");

        Assert.AreEqual((exitCode, errors), (result.ExitCode, result.Errors), result.ToString());
        Assert.DoesNotContain(pin, result.Output);
        var log = result.ReadUncompressedLog();
        Assert.IsLessThan(0, log.AsSpan().IndexOf(Encoding.UTF8.GetBytes(pin)));

        // The search itself finds what is there.
        Assert.IsGreaterThan(0, log.AsSpan().IndexOf(Encoding.UTF8.GetBytes(TestToken.Uri)));
    }

    private static async Task<TestToken> CreateTokenAsync()
    {
        if (TestToken.Module is null || !(TestToken.HasEngine || TestToken.HasProvider) || !OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("SoftHSM, or OpenSSL's engine or provider for PKCS#11, is not installed.");
        }

        return await TestToken.CreateAsync(TestPki.Shared.CodeSigning);
    }

    private TestProject AddProject(TestToken token, TestTimestampServer timestamps)
    {
        foreach (var (name, value) in token.Environment)
        {
            Workspace.Environment[name] = value;
        }

        Workspace.Environment["SIGNBUILD_PKCS11_PIN"] = TestToken.Pin;
        return Workspace.AddProject("Lib", TestSigning.Settings(Workspace, timestamps.Url, $"""
            <SignBuildPkcs11Key>{TestToken.Uri}</SignBuildPkcs11Key>
            <SignBuildCertificatePath>{token.CertificatePath}</SignBuildCertificatePath>
            """));
    }
}
