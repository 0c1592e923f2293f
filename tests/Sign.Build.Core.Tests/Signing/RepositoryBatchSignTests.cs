using Sign.Build.Core.Configuration;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class RepositoryBatchSignTests
{
    private static readonly Uri Feed = new("https://feed.example/v3/index.json");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task SignAsync_WhenPackageIsUnsigned_MakesARepositorySignatureWithUrlAndOwners()
    {
        await using var folder = await StartAsync();
        var path = folder.CreatePackage();

        await SignAsync(folder, path);

        var signature = (await VerifyAsync(folder, path)).Package!.Signature!;
        Assert.AreEqual((PackageSignatureType.Repository, Feed), (signature.Type, signature.ServiceIndexUrl));
        CollectionAssert.AreEqual(new[] { "alice", "bob" }, signature.Owners.ToArray());
    }

    [TestMethod]
    public async Task SignAsync_WhenPackageIsAuthorSigned_CountersignsAndLeavesTheAuthorsBytes()
    {
        await using var folder = await StartAsync();
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        var author = (await VerifyAsync(folder, path)).Package!.Signature!;

        await SignAsync(folder, path);

        var after = (await VerifyAsync(folder, path)).Package!.Signature!;
        Assert.AreEqual(PackageSignatureType.Author, after.Type);
        CollectionAssert.AreEqual(author.SignatureValue.ToArray(), after.SignatureValue.ToArray());
        CollectionAssert.AreEqual(author.Timestamps[0].Token!.Encode(), after.Timestamps[0].Token!.Encode());
        var countersignature = after.Countersignatures.Single();
        Assert.AreEqual((PackageSignatureType.Repository, Feed, 1), (countersignature.Type, countersignature.ServiceIndexUrl, countersignature.Timestamps.Count));
    }

    [TestMethod]
    public async Task SignAsync_WhenThisRepositoryHasSigned_LeavesThePackage()
    {
        await using var folder = await StartAsync();
        var path = folder.CreatePackage();
        await SignAsync(folder, path);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        var second = await SignAsync(folder, path);

        Assert.AreEqual(SigningOutcome.Reused, second.Single().Outcome);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SignAsync_WhenAnotherRepositoryHasCountersigned_SaysSoAndChangesNothing()
    {
        await using var folder = await StartAsync();
        var path = await CountersignedForAnotherFeedAsync(folder);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        await SignAsync(folder, path);

        Assert.AreEqual("SGN3006", folder.Log.Diagnostics.Single().Code);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SignAsync_WhenAnotherRepositorysSignatureIsReplaced_KeepsTheAuthors()
    {
        await using var folder = await StartAsync();
        var path = await CountersignedForAnotherFeedAsync(folder);
        var author = (await VerifyAsync(folder, path)).Package!.Signature!.SignatureValue.ToArray();
        folder.Settings = folder.Settings with { ExistingSignature = ExistingSignatureBehavior.Replace };

        await SignAsync(folder, path);

        var after = (await VerifyAsync(folder, path)).Package!.Signature!;
        CollectionAssert.AreEqual(author, after.SignatureValue.ToArray());
        Assert.AreEqual(Feed, after.Countersignatures.Single().ServiceIndexUrl);
    }

    [TestMethod]
    public async Task SignAsync_WhenContentWasChanged_DoesNotVouchForIt()
    {
        await using var folder = await StartAsync();
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.CancellationToken);

        var signed = await SignAsync(folder, path);

        Assert.IsEmpty(signed);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SignAsync_WhenServiceIndexIsNotSet_NamesTheProperty()
    {
        await using var folder = await StartAsync();
        folder.Settings = folder.Settings with { ServiceIndexUrl = null };

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => SignAsync(folder, folder.CreatePackage()));

        Assert.AreEqual(("SGN1002", "SignBuildServiceIndexUrl"), (failure.Diagnostic.Code, failure.Diagnostic.File));
    }

    private static async Task<SigningFolder> StartAsync()
    {
        var folder = await SigningFolder.StartAsync();
        folder.Settings = folder.Settings with { ServiceIndexUrl = Feed, RepositoryOwners = ["alice", "bob"] };
        return folder;
    }

    private async Task<string> CountersignedForAnotherFeedAsync(SigningFolder folder)
    {
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        folder.Settings = folder.Settings with { ServiceIndexUrl = new Uri("https://other.example/v3/index.json") };
        await SignAsync(folder, path);
        folder.Settings = folder.Settings with { ServiceIndexUrl = Feed };
        return path;
    }

    private Task<IReadOnlyList<Core.Signing.SignedPackage>> SignAsync(SigningFolder folder, string path) =>
        RepositoryBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

    private async Task<PackageVerification> VerifyAsync(SigningFolder folder, string path)
    {
        var verification = await (await folder.Session.GetVerifierAsync(withContentHash: false, TestContext.CancellationToken)).VerifyAsync(path, TestContext.CancellationToken);
        Assert.IsTrue(verification.IsAccepted, string.Join('\n', verification.Findings));
        return verification;
    }
}
