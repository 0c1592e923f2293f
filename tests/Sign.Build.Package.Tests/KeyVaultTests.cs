using System.Text;

namespace Sign.Build.Package.Tests;

/// <summary>The key is in a vault. <c>SSL_CERT_FILE</c>, by which builds trust the vault's root, works on Linux alone.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class KeyVaultTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenKeyIsInAVault_SignsWithOneRequestOfEachKind()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url));

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(
            SignedPackage.ByAuthor("Lib 1.2.3", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));

        // One signature for the package, one for the preflight.
        Assert.AreEqual((1, 1, 2), VaultProject.Requests(vault));
    }

    [TestMethod]
    public async Task Pack_WhenKeyIsInAVault_NuGetAcceptsTheSignature()
    {
        if (!NuGetOracle.IsUsable)
        {
            Assert.Inconclusive("NuGet cannot be made to trust the tests' roots on this machine.");
        }

        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url, "<SignBuildHashAlgorithm>SHA512</SignBuildHashAlgorithm>"));
        (await project.PackAsync(Cancellation)).EnsureClean();

        var verdict = await NuGetOracle.JudgeAsync(project.PackagePath, NuGet.Common.RevocationMode.Offline);

        Assert.IsTrue(verdict.IsAccepted, verdict.ToString());
    }

    [TestMethod]
    public async Task Pack_WhenKeyIsInAVault_OpenSslAcceptsTheSignature()
    {
        if (!OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("OpenSSL is not on the PATH.");
        }

        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url, "<SignBuildHashAlgorithm>SHA384</SignBuildHashAlgorithm>"));
        (await project.PackAsync(Cancellation)).EnsureClean();

        var verdict = await OpenSsl.VerifyCmsAsync(await SignedPackage.ReadSignatureAsync(project.PackagePath, Cancellation), [TestPki.Shared.CodeSigning.Root]);

        Assert.IsTrue(verdict.Succeeded, verdict.Output);
    }

    [TestMethod]
    public async Task Pack_WhenEverythingIsLogged_NoLogHasSecretOrToken()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url));

        var result = await project.PackAsync(Cancellation, "-v:diag");

        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
        var log = result.ReadUncompressedLog();
        foreach (var secret in (string[])[TestKeyVault.ClientSecret, .. vault.IssuedTokens, "Bearer "])
        {
            Assert.DoesNotContain(secret, result.Output);
            Assert.IsLessThan(0, log.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }

        // The search itself finds what is there.
        Assert.IsGreaterThan(0, log.AsSpan().IndexOf(Encoding.UTF8.GetBytes(vault.Url.AbsoluteUri)));
    }

    [TestMethod]
    public async Task Pack_WhenTheKeyMayNotSign_FailsBeforeTheBuildAndLeavesNothing()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        vault.MaySign = false;
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url));

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual("SGN2006", result.Errors);
        Assert.Contains("'Key Vault Crypto User'", result.Diagnostics[0].Text);
        Assert.AreEqual("", project.PackageFolderContent);
        Assert.AreEqual(1, vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task Pack_WhenTheVaultStopsSigning_LeavesNoPackage()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        vault.FailAlways(TestVaultRequest.Sign, TestVaultFault.Html);
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url, "<SignBuildPreflight>false</SignBuildPreflight>"));

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual("SGN2007", result.Errors);
        Assert.AreEqual("Lib.1.2.3.nupkg.rejected", project.PackageFolderContent);
        Assert.AreEqual(1, vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task Pack_WhenNoCredentialIsSetUp_SaysWhatWasTried()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url, "<SignBuildAzureCredential>Default</SignBuildAzureCredential>"));
        foreach (var name in vault.Environment.Keys)
        {
            Workspace.Environment[name] = null;
        }

        var result = await project.PackAsync(Cancellation);

        // Where the network swallows the probe for managed identity, the search ends there, by its time limit.
        Assert.IsTrue(result.Errors is "SGN2006" or "SGN2007", result.ToString());
        Assert.Contains("Environment: ", result.Diagnostics[0].Text);
        Assert.Contains("WorkloadIdentity: ", result.Diagnostics[0].Text);
        Assert.Contains("ManagedIdentity: ", result.Diagnostics[0].Text);
        Assert.AreEqual((0, 0, 0), VaultProject.Requests(vault));
    }

    [TestMethod]
    public async Task Pack_WhenIntermediatesAreMissing_SaysHowToSupplyThem()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url)
            + """<ItemGroup><SignBuildAdditionalCertificate Remove="@(SignBuildAdditionalCertificate)" /></ItemGroup>""");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual("SGN5010", result.Errors);
        Assert.Contains("SignBuildAdditionalCertificate", result.Diagnostics[0].Text);
    }
}
