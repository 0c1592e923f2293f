using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

[TestClass]
public sealed class PackageArchiveConcurrencyTests
{
    private static readonly byte[] Package = new ZipSpec(
        [.. Enumerable.Range(0, 6).Select(static index => new ZipEntrySpec($"c/{index}", ArchiveGenerator.Bytes(new Random(index), 300_000)))]).ToBytes();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Token => TestContext.CancellationToken;

    [TestMethod]
    public async Task AppendSignature_AfterCopyBesideHashing_WritesWhatWriteSignedWrites()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], Package);
        var expected = await archive.SignedAsync([1, 2, 3], DateTimeOffset.UnixEpoch, Token);

        using (var destination = ArchiveFile.Create(directory["out.nupkg"]))
        {
            var copy = archive.CopyContentAsync(destination, Token);
            var hashes = await archive.HashContentAsync([HashAlgorithmName.SHA256], Token);
            await copy;
            await archive.AppendSignatureAsync(destination, new byte[] { 1, 2, 3 }, DateTimeOffset.UnixEpoch, Token);
            Assert.AreSequenceEqual(SHA256.HashData(Package), hashes[HashAlgorithmName.SHA256].ToArray());
        }

        var actual = await File.ReadAllBytesAsync(directory["out.nupkg"], Token);
        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual));
    }

    [TestMethod]
    public async Task HashContent_WithSeveralAlgorithmsOverALargeFile_GivesEachHash()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], Package);

        var hashes = await archive.HashContentAsync([HashAlgorithmName.SHA512, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA256], Token);

        Assert.AreSequenceEqual(SHA256.HashData(Package), hashes[HashAlgorithmName.SHA256].ToArray());
        Assert.AreSequenceEqual(SHA384.HashData(Package), hashes[HashAlgorithmName.SHA384].ToArray());
        Assert.AreSequenceEqual(SHA512.HashData(Package), hashes[HashAlgorithmName.SHA512].ToArray());
    }

    [TestMethod]
    public async Task HashContent_WhenCancelled_Stops()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], Package);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => archive.HashContentAsync([HashAlgorithmName.SHA256], cancellation.Token));
    }

    [TestMethod]
    public async Task CopyContent_WhenCancelledMidway_Stops()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], Package);
        using var cancellation = new CancellationTokenSource();
        var blocks = 0;

        void CancelAtTheThird(ReadOnlySpan<byte> block)
        {
            if (++blocks == 3)
            {
                cancellation.Cancel();
            }
        }

        var content = UnsignedContent.Of(archive.Layout);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(() => content.Read(archive.File, content.Body, CancelAtTheThird, cancellation.Token), Token));
        Assert.AreEqual(3, blocks);
    }

    [TestMethod]
    public async Task HashContent_WhenTheFileIsCutMeanwhile_Throws()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["p.nupkg"], Package, Token);
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows does not let a file be cut that another handle reads.");
        }

        using var archive = PackageArchive.Open(directory["p.nupkg"]);
        Cut(directory["p.nupkg"]);

        var exception = await Assert.ThrowsExactlyAsync<ArchiveFormatException>(() => archive.HashContentAsync([HashAlgorithmName.SHA256], Token));

        Assert.AreEqual("The file became shorter while it was read.", exception.Message);
    }

    /// <summary>As another program would, which does not ask for the lock that .NET takes.</summary>
    private static void Cut(string path)
    {
        using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", ": > \"$1\"", "sh", path]);
        process.WaitForExit();
    }
}
