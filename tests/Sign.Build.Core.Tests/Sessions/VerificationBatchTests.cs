using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Sessions;

/// <summary>A mirror or a drop: any number of packages, by anybody, in any state.</summary>
[TestClass]
public sealed class VerificationBatchTests
{
    [TestMethod]
    public async Task Verify_WhenSomePackagesAreBad_ReportsEachWithItsFileAndTheOthersCount()
    {
        using var folder = new Folder();
        var good = TestSignedPackages.Create(folder.Path);
        var empty = folder.Write("Empty.1.0.0.nupkg", []);
        var text = folder.Write("Text.1.0.0.nupkg", "not a package"u8.ToArray());
        var truncated = folder.Write("Truncated.1.0.0.nupkg", (await File.ReadAllBytesAsync(good))[..^200]);
        var unsigned = TestPackages.CreateUnsigned(folder.Path, "Unsigned");
        var missing = System.IO.Path.Combine(folder.Path, "Missing.1.0.0.nupkg");

        var results = await folder.VerifyAsync([empty, good, missing, text, truncated, unsigned]);

        CollectionAssert.AreEqual(new[] { false, true, false, false, false, false }, results.Select(result => result.IsAccepted).ToArray());
        CollectionAssert.AreEquivalent(
            new[] { (empty, "SGN3002"), (missing, "SGN3005"), (text, "SGN3002"), (truncated, "SGN3002"), (unsigned, "SGN5001") },
            folder.Log.Diagnostics.Select(finding => (finding.File, finding.Code)).ToArray());
        CollectionAssert.AreEqual(new[] { "1 of 6 packages accepted by policy Private, 5 rejected." }, folder.Log.ImportantLines.ToArray());
    }

    [TestMethod]
    public async Task Verify_WhenThereAreHundreds_SaysHowFarItIs()
    {
        using var folder = new Folder();
        var good = TestSignedPackages.Create(folder.Path);
        var paths = Enumerable.Repeat(good, 501).ToArray();

        await folder.VerifyAsync(paths);

        CollectionAssert.AreEqual(
            new[]
            {
                "501 of 501 packages accepted by policy Private, 0 rejected.",
                "Verified 250 of 501 packages.",
                "Verified 500 of 501 packages.",
            },
            folder.Log.ImportantLines.Order(StringComparer.Ordinal).ToArray());
    }

    // The certificates name no server to ask.
    [TestMethod]
    public async Task Verify_WhenManyPackagesHaveOneSigner_WarnsOnce()
    {
        using var folder = new Folder(RevocationMode.Online);
        var good = TestSignedPackages.Create(folder.Path);

        await folder.VerifyAsync([good]);
        var warnings = folder.Log.Diagnostics;
        await folder.VerifyAsync([good, good, good]);

        Assert.AreEqual("SGN5012", string.Join(' ', warnings.Select(warning => warning.Code).Distinct()));
        CollectionAssert.AreEqual(warnings.ToArray(), folder.Log.Diagnostics.ToArray());
    }

    [TestMethod]
    public async Task Verify_WhenThePatternMatchedNothing_IsAnError()
    {
        using var folder = new Folder();

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(() => folder.VerifyAsync([]));

        Assert.AreEqual(Diagnostics.NoPackagesMatched(), exception.Diagnostic);
    }

    [TestMethod]
    public async Task Verify_WhenCancelled_Stops()
    {
        using var folder = new Folder();
        var good = TestSignedPackages.Create(folder.Path);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => folder.VerifyAsync([good], cancelled.Token));
    }

    private sealed class Folder : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly BuildScope _scope = new();
        private readonly SignBuildSettings _settings;

        public Folder(RevocationMode revocation = RevocationMode.NoCheck)
        {
            File.WriteAllText(_directory["roots.pem"], string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
            _settings = new SignBuildSettings
            {
                Policy = new PolicySettings { Policy = PolicyName.Private, RevocationMode = revocation, TrustedRootPaths = [_directory["roots.pem"]] },
            };
        }

        public string Path => _directory.Path;

        public RecordingLog Log { get; } = new();

        public string Write(string name, byte[] content)
        {
            File.WriteAllBytes(_directory[name], content);
            return _directory[name];
        }

        public Task<IReadOnlyList<Core.Reporting.VerifiedPackage>> VerifyAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
            VerificationBatch.VerifyAsync(
                new SigningSession(_settings, _scope, new SessionHost(TestSdk.Directory, _directory["development"], TimeProvider.System)), paths, Log, cancellationToken);

        public void Dispose()
        {
            _scope.Dispose();
            _directory.Dispose();
        }
    }
}
