namespace Sign.Build.Package.Tests;

/// <summary><c>dotnet msbuild -t:SignBuildVerifyPackages</c> over files that need not come from the project.</summary>
[TestClass]
public sealed class VerifyTargetTests : PackageTest
{
    [TestMethod]
    public async Task Verify_WhenPackagesMatchAPattern_EachBadOneIsAnErrorAndNothingIsMoved()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await project.PackAsync(Cancellation)).EnsureClean();
        var mirror = Directory.CreateDirectory(Workspace["mirror", "a", "b"]).FullName;
        File.Copy(project.PackagePath, Path.Combine(mirror, "Signed.1.2.3.nupkg"));
        var unsigned = TestPackages.CreateUnsigned(mirror, "Unsigned");
        var changed = await ChangeAsync(project.PackagePath, Path.Combine(mirror, "Changed.1.2.3.nupkg"));

        var result = await VerifyAsync(project, "../mirror/**/*.nupkg");

        Assert.AreEqual((1, "SGN5001 SGN5005"), (result.ExitCode, result.Errors), result.ToString());
        Assert.AreEqual(unsigned, result.Diagnostics.Single(diagnostic => diagnostic.Code == "SGN5001").File);
        Assert.AreEqual(changed, result.Diagnostics.Single(diagnostic => diagnostic.Code == "SGN5005").File);
        Assert.HasCount(3, Directory.GetFiles(mirror, "*.nupkg"));
    }

    [TestMethod]
    public async Task Verify_WhenAllPackagesAreGood_Succeeds()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await project.PackAsync(Cancellation)).EnsureClean();

        var result = await VerifyAsync(project, "bin/Release/*.nupkg");

        result.EnsureClean();
        Assert.AreEqual("Lib.1.2.3.nupkg", project.PackageFolderContent);
    }

    private Task<BuildResult> VerifyAsync(TestProject project, string packages) =>
        Workspace.DotNetAsync(project.Folder, Cancellation, "msbuild", project.Path, "-t:SignBuildVerifyPackages", "-p:SignBuildPackages=" + packages);

    private async Task<string> ChangeAsync(string package, string changed)
    {
        var bytes = await File.ReadAllBytesAsync(package, Cancellation);
        // The time of the first entry: nothing reads it, and only the signature's hash knows of it.
        bytes[10] ^= 1;
        await File.WriteAllBytesAsync(changed, bytes, Cancellation);
        return changed;
    }
}
