namespace Sign.Build.Package.Tests;

/// <summary>The repository's signature as the last step of Pack, on request.</summary>
[TestClass]
public sealed class RepositorySignTests : PackageTest
{
    private const string ServiceIndex = "https://feed.example/v3/index.json";

    [TestMethod]
    public async Task Pack_WithRepositorySign_CountersignsAndASecondPackKeepsThePackage()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <PropertyGroup>
              <SignBuildRepositorySign>true</SignBuildRepositorySign>
              <SignBuildServiceIndexUrl>{ServiceIndex}</SignBuildServiceIndexUrl>
              <SignBuildRepositoryOwners>alice</SignBuildRepositoryOwners>
            </PropertyGroup>
            """);

        (await project.PackAsync(Cancellation)).EnsureClean();
        var first = await File.ReadAllBytesAsync(project.PackagePath, Cancellation);
        (await project.PackAsync(Cancellation)).EnsureClean();

        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.AreEqual(
            new FeedSignatures("Author", "Repository", DevelopmentFingerprint, ServiceIndex, "alice", 1),
            await FeedSignatures.ReadAsync(project.PackagePath, Cancellation));
        CollectionAssert.AreEqual(first, await File.ReadAllBytesAsync(project.PackagePath, Cancellation));
    }

    [TestMethod]
    public async Task Pack_WithRepositorySignAndNoServiceIndex_NamesTheProperty()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + "<PropertyGroup><SignBuildRepositorySign>true</SignBuildRepositorySign></PropertyGroup>");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual("SGN1002", result.Errors, result.ToString());
        Assert.AreEqual("SignBuildServiceIndexUrl", Path.GetFileName(result.Diagnostics.Single().File));
    }
}
