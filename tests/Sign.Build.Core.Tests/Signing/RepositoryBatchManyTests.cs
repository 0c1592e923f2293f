using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class RepositoryBatchManyTests
{
    private const int Packages = 500;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task SignAsync_WhenAFeedHas500AuthorSignedPackages_CountersignsAllOfThemAtOnce()
    {
        await using var folder = await SigningFolder.StartAsync();
        folder.Settings = folder.Settings with { ServiceIndexUrl = new Uri("https://feed.example/v3/index.json"), RepositoryOwners = ["alice"] };
        var paths = Enumerable.Range(0, Packages).AsParallel().AsOrdered()
            .Select(index => TestSignedPackages.Create(folder.Directory, $"Feed.Package{index}", package: new TestPackageOptions { Seed = index, LibrarySize = 256 }))
            .ToArray();
        var authors = await ReadSignaturesAsync(folder, paths);

        var signed = await RepositoryBatch.SignAsync(folder.Session, paths, folder.Log, TestContext.CancellationToken);

        Assert.IsEmpty(folder.Log.Diagnostics);
        CollectionAssert.AreEqual(paths, signed.Select(package => package.Path).ToArray());
        Assert.IsTrue(signed.All(package => package.Outcome == SigningOutcome.Countersigned));
        Assert.AreEqual(Packages, folder.Timestamps.RequestCount);
        Assert.IsGreaterThan(1, folder.Timestamps.MostAtOnce);
        Assert.HasCount(Packages + 1, folder.Log.ImportantLines);
        Assert.AreEqual("500 packages signed, 0 kept their signature, 0 failed.", folder.Log.ImportantLines[^1]);
        CollectionAssert.AreEqual(authors, await ReadSignaturesAsync(folder, paths), "The authors' signatures are what they were.");
        var verified = await VerificationBatch.VerifyAsync(folder.Session, paths, new RecordingLog(), TestContext.CancellationToken);
        Assert.IsTrue(verified.All(package => package is { IsAccepted: true, Repository.Owners: ["alice"] }));
        Assert.HasCount(Packages, Directory.GetFiles(folder.Directory));
    }

    private async Task<string[]> ReadSignaturesAsync(SigningFolder folder, string[] paths)
    {
        var verifier = await folder.Session.GetVerifierAsync(withContentHash: false, TestContext.CancellationToken);
        var values = new string[paths.Length];
        await Parallel.ForAsync(0, paths.Length, TestContext.CancellationToken, async (index, token) =>
        {
            PackageVerification verification = await verifier.VerifyAsync(paths[index], token);
            values[index] = Convert.ToBase64String(verification.Package!.Signature!.SignatureValue.Span);
        });
        return values;
    }
}
