namespace Sign.Build.Package.Tests;

/// <summary>A PFX with the signer's certificate alone: who verifies must still find the intermediates in the package.</summary>
[TestClass]
public sealed class AdditionalCertificateTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenAnItemHasTheIntermediate_NuGetFindsTheWholeChain()
    {
        if (!NuGetOracle.IsUsable)
        {
            Assert.Inconclusive("NuGet cannot be made to trust the tests' roots on this machine.");
        }

        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = AddProject(timestamps, """<SignBuildAdditionalCertificate Include="../intermediate.pem" />""");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        var verdict = await NuGetOracle.JudgeAsync(project.PackagePath, NuGet.Common.RevocationMode.Offline);
        Assert.IsTrue(verdict.IsAccepted, verdict.ToString());
    }

    [TestMethod]
    public async Task Pack_WhenTheIntermediateIsMissing_SaysHowToGiveIt()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = AddProject(timestamps, "");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN5010", ""), (result.ExitCode, result.Errors, project.PackageFolderContent), result.ToString());
        Assert.Contains("SignBuildAdditionalCertificate", result.Diagnostics.Single().Text);
    }

    private TestProject AddProject(TestTimestampServer timestamps, string items)
    {
        var signing = TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning);
        Workspace.Write("signing.pfx", TestPki.Shared.CodeSigning.ExportPfx(TestSigning.Password, withIssuers: false));
        Workspace.Write("intermediate.pem", TestPki.Shared.Intermediates[0].ExportCertificatePem());
        return Workspace.AddProject("Lib", signing + $"<ItemGroup>{items}</ItemGroup>");
    }
}
