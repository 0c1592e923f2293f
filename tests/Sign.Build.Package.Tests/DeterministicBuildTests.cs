using System.Security.Cryptography;

namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class DeterministicBuildTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTheSignatureIsTakenAway_TheBytesAreThoseThatPackWrote()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <PropertyGroup>
              <ContinuousIntegrationBuild>true</ContinuousIntegrationBuild>
              <DeterministicSourcePaths>false</DeterministicSourcePaths>
            </PropertyGroup>
            <Target Name="KeepUnsigned" AfterTargets="GenerateNuspec">
              <Copy SourceFiles="$(PackageOutputPath)/$(PackageId).$(PackageVersion).nupkg" DestinationFolder="$(MSBuildProjectDirectory)/unsigned" />
            </Target>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        var unsigned = Path.Combine(project.Folder, "unsigned", "Lib.1.2.3.nupkg");
        Assert.AreEqual(SignedPackage.NotSigned("Lib 1.2.3"), await SignedPackage.ReadAsync(unsigned, Cancellation));
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.AreEqual(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(unsigned, Cancellation))),
            await SignedPackage.HashWithoutSignatureAsync(project.PackagePath, Cancellation));
    }
}
