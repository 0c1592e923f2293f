namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class PathTests : PackageTest
{
    [TestMethod]
    [DataRow("with spaces and (brackets)")]
    [DataRow("Größe 日本語 ñ")]
    [DataRow("long")]
    public async Task Pack_WhenThePathIsUnusual_PackageIsSigned(string folder)
    {
        var name = folder == "long"
            ? string.Join('/', Enumerable.Repeat("a-folder-with-a-name-of-forty-characters", 6))
            : folder;
        var output = Workspace[name];
        var project = Workspace.AddProject("Lib", DevelopmentMode);

        var result = await project.PackAsync(Cancellation, "-o", output);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(Path.Combine(output, "Lib.1.2.3.nupkg"), "Lib 1.2.3");
    }
}

/// <summary>The whole project, certificates and all, below a folder with spaces and letters beyond ASCII.</summary>
[TestClass]
public sealed class ProjectPathTests : PackageTest
{
    protected override string WorkspaceName => "Meine Übung & 100% (kopie)";

    [TestMethod]
    public async Task Pack_WhenTheProjectsPathIsUnusual_PackageIsSigned()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var settings = TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning);
        var project = Workspace.AddProject("Lib", settings);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(
            SignedPackage.ByAuthor("Lib 1.2.3", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
    }
}
