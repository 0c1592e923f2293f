using System.Text.Json;

namespace Sign.Build.Package.Tests;

/// <summary>A folder of anybody's packages, checked by a project that does nothing else.</summary>
[TestClass]
public sealed class MirrorTests : PackageTest
{
    [TestMethod]
    public async Task VerifyPackages_WhenAMirrorHasBadOnes_FailsWithAFindingForEachAndAReport()
    {
        CreateMirror();
        Workspace.Write("roots.pem", string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        var project = Workspace.AddProject("Mirror", $"""
            <PropertyGroup>
              <SignBuildPackages>../mirror/**/*.nupkg</SignBuildPackages>
              <SignBuildPolicy>Private</SignBuildPolicy>
              <SignBuildRevocationMode>NoCheck</SignBuildRevocationMode>
              <SignBuildReportDirectory>../report</SignBuildReportDirectory>
            </PropertyGroup>
            <ItemGroup>
              <SignBuildTrustedRoot Include="../roots.pem" />
              <SignBuildTrustedAuthor Include="author" Certificates="{TestPki.Shared.CodeSigning.Fingerprint}" />
            </ItemGroup>
            """);

        var result = await Workspace.DotNetAsync(project.Folder, Cancellation, "build", project.Path, "-t:SignBuildVerifyPackages");

        Assert.AreEqual(1, result.ExitCode);
        Assert.AreEqual("SGN3002 SGN5001 SGN5005 SGN5030", result.Errors, result.ToString());
        Assert.Contains("1 of 5 packages accepted by policy Private, 4 rejected.", result.Output);
        Assert.Contains(message => message.StartsWith("Good.1.0.0.nupkg: accepted; author CN=", StringComparison.Ordinal), result.Messages);
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Workspace["report", "verification.json"], Cancellation));
        Assert.AreEqual(
            "Corrupt rejected, Foreign rejected, Good accepted, Tampered rejected, Unsigned rejected",
            string.Join(", ", report.RootElement.GetProperty("packages").EnumerateArray()
                .Select(package => $"{Path.GetFileName(package.GetProperty("path").GetString())!.Split('.')[0]} {package.GetProperty("verdict").GetString()}")
                .Order(StringComparer.Ordinal)));
    }

    private void CreateMirror()
    {
        using var foreign = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning);
        var tampered = TestSignedPackages.CreateBytes("Tampered");
        tampered[60] ^= 1;
        Workspace.Write("mirror/good/Good.1.0.0.nupkg", TestSignedPackages.CreateBytes("Good"));
        Workspace.Write("mirror/Tampered.1.0.0.nupkg", tampered);
        Workspace.Write("mirror/Corrupt.1.0.0.nupkg", TestSignedPackages.CreateBytes("Corrupt")[..^30]);
        Workspace.Write("mirror/Unsigned.1.0.0.nupkg", TestPackages.CreateUnsignedBytes("Unsigned"));
        Workspace.Write("mirror/Foreign.1.0.0.nupkg", TestSignedPackages.CreateBytes("Foreign", signature: new TestSignatureOptions { Signer = foreign }));
    }
}
