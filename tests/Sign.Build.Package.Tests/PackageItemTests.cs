namespace Sign.Build.Package.Tests;

/// <summary>The items that targets of a project may change before signing, and read afterwards.</summary>
[TestClass]
public sealed class PackageItemTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenATargetAddsAPackage_ItIsSignedToo()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <Target Name="AddPackage" AfterTargets="SignBuildCollectPackages">
              <ItemGroup><SignBuildPackage Include="other/*.nupkg" /></ItemGroup>
            </Target>
            """);
        Directory.CreateDirectory(Path.Combine(project.Folder, "other"));
        var other = TestPackages.CreateUnsigned(Path.Combine(project.Folder, "other"), "Other");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        await AssertSignedByDevelopmentAsync(other, "Other 1.0.0");
    }

    [TestMethod]
    public async Task Pack_WhenATargetRemovesThePackage_ItIsNotSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <Target Name="RemovePackage" AfterTargets="SignBuildCollectPackages">
              <ItemGroup><SignBuildPackage Remove="@(SignBuildPackage)" /></ItemGroup>
            </Target>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.NotSigned("Lib 1.2.3"), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
    }

    [TestMethod]
    public async Task Pack_WhenATargetReadsTheResult_ItHasWhatTheContractNames()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + """
            <Target Name="ShowResult" AfterTargets="Pack">
              <WriteLinesToFile File="result.txt" Overwrite="true"
                Lines="@(SignBuildSignedPackage->'%(FullPath)|%(PackageId)|%(PackageVersion)|%(Outcome)|%(Fingerprint)|%(Subject)|%(TimestampUtc)|%(TimestampAuthority)|%(ContentHash)')" />
            </Target>
            """);

        (await project.PackAsync(Cancellation)).EnsureClean();
        var signed = await ReadResultAsync(project);
        (await project.PackAsync(Cancellation)).EnsureClean();
        var reused = await ReadResultAsync(project);

        CollectionAssert.AreEqual(new[] { project.PackagePath, "Lib", "1.2.3", "Signed", DevelopmentFingerprint }, signed[..5]);
        Assert.AreEqual("Reused", reused[3]);
        CollectionAssert.AreEqual(signed[4..6], reused[4..6]);
        Assert.AreEqual(signed[6], reused[6]);
        Assert.AreEqual(signed[8], reused[8]);
        Assert.IsTrue(DateTimeOffset.TryParse(signed[6], out _), signed[6]);
        Assert.HasCount(64, Convert.FromBase64String(signed[8]));
        Assert.IsFalse(signed.Any(string.IsNullOrEmpty), string.Join('|', signed));
    }

    private async Task<string[]> ReadResultAsync(TestProject project) =>
        (await File.ReadAllLinesAsync(Path.Combine(project.Folder, "result.txt"), Cancellation)).Single().Split('|');
}
