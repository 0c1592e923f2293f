namespace Sign.Build.Core.Tests.Reporting;

/// <summary>Several projects and builds report into one folder.</summary>
[TestClass]
public sealed class ReportWriterMergeTests
{
    [TestMethod]
    public async Task WriteAsync_WhenEightProjectsWriteAtOnce_KeepsThemAll()
    {
        using var folder = new ReportFolder();
        string[][] projects = [.. Enumerable.Range(1, 8).Select(project => (string[])[.. Enumerable.Range(1, 5).Select(number => $"Lib{project}{number}.nupkg")])];

        await Task.WhenAll(projects.Select(names => Task.Run(async () =>
        {
            foreach (var name in names)
            {
                await folder.WriteAsync(Reports.Package(folder.AddPackage(name), id: name));
            }
        })));

        Assert.AreEqual(string.Join(' ', projects.SelectMany(names => names)), folder.PackagesInFile());
        foreach (var name in projects.SelectMany(names => names))
        {
            Assert.Contains($"### {name.Replace(".", "&#46;", StringComparison.Ordinal)} ", folder.Markdown());
        }
    }

    [TestMethod]
    public async Task WriteAsync_WhenAPackageIsSignedAgain_ReplacesItsEntry()
    {
        using var folder = new ReportFolder();
        var path = folder.AddPackage("Lib.nupkg");
        await folder.WriteAsync(Reports.Package(path, version: "1.0.0"));

        var report = await folder.WriteAsync(Reports.Package(path, version: "2.0.0"));

        Assert.AreEqual("2.0.0", string.Join(' ', report.Packages.Select(package => package.Version)));
    }

    [TestMethod]
    public async Task WriteAsync_WhenAPackageIsGone_DropsItsEntry()
    {
        using var folder = new ReportFolder();
        var gone = folder.AddPackage("Gone.nupkg");
        await folder.WriteAsync(Reports.Package(gone));
        File.Delete(gone);

        await folder.WriteAsync(Reports.Package(folder.AddPackage("Here.nupkg")));

        Assert.AreEqual("Here.nupkg", folder.PackagesInFile());
    }

    [TestMethod]
    public async Task WriteAsync_WhenDone_LeavesTheDocumentedFiles()
    {
        using var folder = new ReportFolder();

        await folder.WriteAsync(Reports.Package(folder.AddPackage("Lib.nupkg")));

        Assert.AreEqual(
            ".lock certificate.cer report.json report.md validity.svg",
            string.Join(' ', Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }
}
