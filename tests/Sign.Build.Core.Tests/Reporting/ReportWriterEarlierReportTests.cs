namespace Sign.Build.Core.Tests.Reporting;

/// <summary>What an earlier build, or somebody else, left in the folder never fails a build.</summary>
[TestClass]
public sealed class ReportWriterEarlierReportTests
{
    private const string Package = """
        { "path": "PATH", "id": "Old", "version": "1.0.0", "outcome": "Signed", "source": "s", "policy": "Private", "size": 1, "contentHash": "x",
          "sha256": "x", "signer": SIGNER, "timestamp": { "time": "2026-01-01T00:00:00Z", "authority": "a", "chain": [] }, "rules": [], "milliseconds": 1 }
        """;

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("\0\0\0\0")]
    [DataRow("""{ "schemaVersion": 1, "signBuild": "1", "nuGet": "1", "written": "2026-01-01T00:00:00Z", "packages": null }""")]
    [DataRow("""{ "schemaVersion": 1, "signBuild": "1", "nuGet": "1", "written": "2026-01-01T00:00:00Z", "packages": [ null, {} ] }""")]
    [DataRow("""{ "schemaVersion": 1, "signBuild": "1", "nuGet": "1", "written": "2026-01-01T00:00:00Z", "packages": [ null ] }""")]
    [DataRow("""{ "schemaVersion": 2, "somethingElse": true }""")]
    public async Task WriteAsync_WhenTheEarlierReportCannotBeUsed_StartsANewOne(string earlier)
    {
        using var folder = new ReportFolder();
        folder.AddReport(earlier);

        await folder.WriteAsync(Reports.Package(folder.AddPackage("Lib.nupkg")));

        Assert.AreEqual("Lib.nupkg", folder.PackagesInFile());
    }

    [TestMethod]
    [DataRow("[]", "Lib.nupkg Old.nupkg")]
    [DataRow("null", "Lib.nupkg")]
    [DataRow("[ null ]", "Lib.nupkg")]
    [DataRow("""[ { "subject": "CN=\u0000\u0001\uffff<script>", "sha256": "`|x`", "notBefore": "0001-01-01T00:00:00Z", "notAfter": "9999-12-31T23:59:59Z" } ]""", "Lib.nupkg Old.nupkg")]
    public async Task WriteAsync_WhenAnEarlierPackageHasAnOddSigner_WritesAllFiles(string signer, string expected)
    {
        using var folder = new ReportFolder();
        var package = Package.Replace("PATH", folder.AddPackage("Old.nupkg").Replace('\\', '/'), StringComparison.Ordinal).Replace("SIGNER", signer, StringComparison.Ordinal);
        folder.AddReport($$"""{ "schemaVersion": 1, "signBuild": "1", "nuGet": "1", "written": "2026-01-01T00:00:00Z", "packages": [ {{package}} ] }""");

        await folder.WriteAsync(Reports.Package(folder.AddPackage("Lib.nupkg")));

        Assert.AreEqual(expected, folder.PackagesInFile());
        Assert.IsNotNull(System.Xml.Linq.XDocument.Load(folder["validity.svg"]).Root);
        Assert.DoesNotContain("<script", folder.Markdown());
    }
}
