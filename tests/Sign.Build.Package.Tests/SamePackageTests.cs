namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class SamePackageTests : PackageTest
{
    [TestMethod]
    public async Task Sign_WhenTwoBuildsSignOneFile_BothSucceedAndThePackageIsValid()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await project.PackAsync(Cancellation, "-p:SignBuildMode=Off")).EnsureClean();

        // --no-build and an up-to-date package: both builds do nothing but sign.
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => project.PackAsync(Cancellation, "--no-build", "--no-restore")));

        foreach (var result in results)
        {
            result.EnsureClean();
        }

        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.AreEqual("Lib.1.2.3.nupkg", project.PackageFolderContent);
    }
}
