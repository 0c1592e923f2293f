namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class WriteTrustedSignersTests : PackageTest
{
    [TestMethod]
    public async Task WriteTrustedSigners_WhenTheModeIsDevelopment_WarnsOfTheThrowAwayCertificate()
    {
        var (result, config) = await WriteAsync("");

        Assert.AreEqual(("", "SGN1006"), (result.Errors, result.Warnings));
        Assert.AreEqual("SignBuildMode", result.Diagnostics.Single().File);
        StringAssert.Contains(config, $"""fingerprint="{DevelopmentFingerprint}" hashAlgorithm="SHA256" allowUntrustedRoot="true" """.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public async Task WriteTrustedSigners_WhenSignersAreListed_TrustsNobodyElseAndSaysNothing()
    {
        var listed = TestPki.Shared.CodeSigning.Fingerprint;

        var (result, config) = await WriteAsync($"""<ItemGroup><SignBuildTrustedAuthor Include="ann" Certificates="{listed}" /></ItemGroup>""");

        result.EnsureClean();
        StringAssert.Contains(config, $"""fingerprint="{listed}" hashAlgorithm="SHA256" allowUntrustedRoot="false" """.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(BuildResult Result, string Config)> WriteAsync(string items)
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + items);
        var path = Workspace["consumers.config"];
        var result = await Workspace.DotNetAsync(
            project.Folder, Cancellation, "msbuild", project.Path, "-restore", "-t:SignBuildWriteTrustedSigners", "-p:SignBuildNuGetConfigPath=" + path);
        return (result, await File.ReadAllTextAsync(path, Cancellation));
    }
}
