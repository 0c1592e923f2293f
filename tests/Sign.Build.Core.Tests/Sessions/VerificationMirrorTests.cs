using System.Text.Json;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Tests.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Sessions;

/// <summary>A mirror with trusted signers: everything that comes into a folder, and what its operator is told about it.</summary>
[TestClass]
public sealed class VerificationMirrorTests
{
    private const string ServiceIndex = "https://feed.example/v3/index.json";

    private static readonly Lazy<TestCertificate> Foreign = new(() => TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning));
    private static readonly TestSignatureOptions Repository = TestSignatureOptions.Repository with { PackageOwners = ["alice", "bob"] };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task VerifyAsync_WhenAFolderHasGoodAndBadPackages_ReportsEach()
    {
        await using var folder = await StartAsync();
        var paths = CreateMirror(folder.Directory);

        var packages = await VerificationBatch.VerifyAsync(folder.Session, paths, folder.Log, TestContext.CancellationToken);

        var signer = TestPki.Shared.CodeSigning.Fingerprint;
        CollectionAssert.AreEqual(
            new[]
            {
                $"Author 1.0.0 accepted: author {signer}",
                $"Both 1.0.0 accepted: author {signer}, repository {signer} alice bob",
                "? rejected: SGN3002",
                $"Foreign 1.0.0 rejected: author {Foreign.Value.Fingerprint} SGN5030",
                $"Repository 1.0.0 accepted: repository {signer} alice bob",
                $"Tampered 1.0.0 rejected: author {signer} SGN5005",
                "Unsigned 1.0.0 rejected: SGN5001",
            },
            packages.Select(Summary).ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "Corrupt SGN3002", "Foreign SGN5030", "Tampered SGN5005", "Unsigned SGN5001" },
            folder.Log.Diagnostics.Select(finding => $"{Path.GetFileName(finding.File)!.Split('.')[0]} {finding.Code}").ToArray());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenDone_LogsALinePerPackageAndASummary()
    {
        await using var folder = await StartAsync();
        var paths = CreateMirror(folder.Directory);

        await VerificationBatch.VerifyAsync(folder.Session, paths, folder.Log, TestContext.CancellationToken);

        Assert.AreEqual("3 of 7 packages accepted by policy Private, 4 rejected.", folder.Log.ImportantLines.Single());
        CollectionAssert.AreEquivalent(
            paths.Select(Path.GetFileName).ToArray(),
            folder.Log.DetailLines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]).ToArray());
        var both = folder.Log.DetailLines.Single(line => line.StartsWith("Both.", StringComparison.Ordinal));
        StringAssert.Contains(both, $"; repository {ServiceIndex} (owners alice, bob) ");
    }

    [TestMethod]
    public async Task WriteAsync_AfterAVerification_WritesAReportForMachinesAndOneForPeople()
    {
        await using var folder = await StartAsync();
        var report = Path.Combine(folder.Directory, "report");
        folder.Settings = folder.Settings with { ReportDirectory = report };
        var packages = await VerificationBatch.VerifyAsync(folder.Session, CreateMirror(folder.Directory), folder.Log, TestContext.CancellationToken);

        await VerificationReporting.WriteAsync(folder.Session, packages, folder.Log, TestContext.CancellationToken);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(report, "verification.json"), TestContext.CancellationToken));
        Assert.AreEqual((1, 3, 4, 7), (
            json.RootElement.GetProperty("schemaVersion").GetInt32(),
            json.RootElement.GetProperty("accepted").GetInt32(),
            json.RootElement.GetProperty("rejected").GetInt32(),
            json.RootElement.GetProperty("packages").GetArrayLength()));
        var both = json.RootElement.GetProperty("packages")[1];
        Assert.AreEqual(("accepted", ServiceIndex, TestPki.Shared.CodeSigning.Fingerprint), (
            both.GetProperty("verdict").GetString(),
            both.GetProperty("repository").GetProperty("serviceIndex").GetString(),
            both.GetProperty("author").GetProperty("certificate").GetProperty("sha256").GetString()));
        var markdown = await File.ReadAllTextAsync(Path.Combine(report, "verification.md"), TestContext.CancellationToken);
        Assert.StartsWith("## Verified packages\n\n3 accepted, 4 rejected by policy Private.\n\n### ❌ Corrupt&#46;1&#46;0&#46;0&#46;nupkg\n\n- SGN3002: ", markdown);
        CollectionAssert.AreEquivalent(
            new[] { "verification.json", "verification.md", ".lock" },
            Directory.GetFiles(report).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task WriteAsync_WhenNoFolderIsSet_WritesNothing()
    {
        await using var folder = await StartAsync();

        await VerificationReporting.WriteAsync(folder.Session, [], folder.Log, TestContext.CancellationToken);

        Assert.IsEmpty(folder.Log.DetailLines);
    }

    private static async Task<SigningFolder> StartAsync()
    {
        var folder = await SigningFolder.StartAsync();
        string[] fingerprint = [TestPki.Shared.CodeSigning.Fingerprint];
        folder.Settings = folder.Settings with
        {
            Policy = folder.Settings.Policy with
            {
                TrustedSigners =
                [
                    new TrustedSignerSettings("author", fingerprint, null, [], AllowUntrustedRoot: false),
                    new TrustedSignerSettings("feed", fingerprint, new Uri(ServiceIndex), ["alice"], AllowUntrustedRoot: false),
                ],
            },
        };
        return folder;
    }

    private static string[] CreateMirror(string directory)
    {
        TestSignedPackages.Create(directory, "Author");
        TestSignedPackages.Create(directory, "Repository", signature: Repository);
        TestSignedPackages.Create(directory, "Both", signature: new TestSignatureOptions { Countersignatures = [Repository] });
        TestSignedPackages.Create(directory, "Foreign", signature: new TestSignatureOptions { Signer = Foreign.Value });
        TestPackages.CreateUnsigned(directory, "Unsigned");
        var tampered = TestSignedPackages.CreateBytes("Tampered");
        tampered[60] ^= 1;
        File.WriteAllBytes(Path.Combine(directory, "Tampered.1.0.0.nupkg"), tampered);
        File.WriteAllBytes(Path.Combine(directory, "Corrupt.1.0.0.nupkg"), TestSignedPackages.CreateBytes("Corrupt")[..^30]);
        return [.. Directory.GetFiles(directory, "*.nupkg").Order(StringComparer.Ordinal)];
    }

    private static string Summary(VerifiedPackage package)
    {
        string?[] facts =
        [
            package.Author is null ? null : "author " + package.Author.Certificate!.Sha256,
            package.Repository is null ? null : $"repository {package.Repository.Certificate!.Sha256} {string.Join(' ', package.Repository.Owners)}",
        ];
        var found = string.Join(", ", facts.OfType<string>());
        var codes = string.Join(' ', package.Findings.Select(finding => finding.Code));
        return $"{(package.Id is null ? "?" : $"{package.Id} {package.Version}")} {package.Verdict}: {string.Join(' ', new[] { found, codes }.Where(text => text.Length > 0))}";
    }
}
