using System.Security.Cryptography;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>What cannot be signed so that NuGet would find it unchanged.</summary>
[TestClass]
public sealed class PackageArchiveObstacleTests
{
    private static readonly ZipEntrySpec Manifest = new("a.nuspec", [1, 2, 3]);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Token => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(65533, null)]
    [DataRow(65534, "The package has 65534 entries; with a signature it may have 65533 at most.")]
    [DataRow(65535, "The package has 65535 entries; with a signature it may have 65533 at most.")]
    public void SignatureObstacle_AtTheLimitOfEntries_IsNuGets(int entries, string? expected)
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], Many(entries).ToBytes());

        Assert.AreEqual(expected, archive.SignatureObstacle);
        Assert.AreEqual(expected is null, archive.CanTakeSignature);
        Assert.IsFalse(archive.IsZip64);
    }

    [TestMethod]
    public async Task WriteSigned_WithAsManyEntriesAsPossible_WritesWhatNuGetWrites()
    {
        using var directory = new TemporaryDirectory();
        var package = Many(65533).ToBytes();
        var expected = await NuGetArchive.SignAsync(package, [1, 2, 3], Token);
        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);

        var actual = await archive.SignedAsync([1, 2, 3], NuGetArchive.SignatureTime(expected), Token);

        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual));
        using var signed = ArchiveFile.Open(directory["signed.nupkg"], actual);
        Assert.AreEqual(65534, signed.EntryCount);
        Assert.IsTrue(signed.CanTakeSignature);
    }

    [TestMethod]
    public async Task SignatureObstacle_WithDataBeforeTheFirstEntry_IsWhereNuGetDeniesItsOwnSignature()
    {
        using var directory = new TemporaryDirectory();
        var package = new ZipSpec([Manifest]) { Prefix = [9, 9, 9] }.ToBytes();
        var signedByNuGet = await NuGetArchive.SignAsync(package, [1, 2, 3], Token);
        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);

        await Assert.ThrowsAsync<Exception>(() => NuGetArchive.ValidateAsync(signedByNuGet, SHA256.HashData(package), Token));
        Assert.Contains("data before its first entry", archive.SignatureObstacle!);
    }

    [TestMethod]
    public async Task SignatureObstacle_WithMalformedExtraFields_IsWhereNuGetStops()
    {
        using var directory = new TemporaryDirectory();
        var package = new ZipSpec([Manifest with { LocalExtra = [1, 2, 3] }]).ToBytes();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);

        await Assert.ThrowsExactlyAsync<EndOfStreamException>(() => NuGetArchive.IsZip64Async(package, Token));
        Assert.Contains("malformed extra fields", archive.SignatureObstacle!);
    }

    [TestMethod]
    public async Task IsZip64_WithALocator_IsTrueAndNothingIsDone()
    {
        using var directory = new TemporaryDirectory();
        var package = new ZipSpec([Manifest]) { BetweenDirectoryAndEnd = [.. "PK\x06\x06"u8, .. new byte[52], .. "PK\x06\x07"u8, .. new byte[16]] }.ToBytes();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);
        using var destination = ArchiveFile.Create(directory["out.nupkg"]);

        Assert.IsTrue(await NuGetArchive.IsZip64Async(package, Token));
        Assert.IsTrue(archive.IsZip64);
        Assert.AreEqual("The package is a Zip64 archive.", archive.SignatureObstacle);
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => archive.HashContentAsync([HashAlgorithmName.SHA256], Token));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => archive.WriteSignedAsync(destination, new byte[3], DateTimeOffset.UnixEpoch, Token));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => archive.WriteUnsignedAsync(destination, Token));
        Assert.AreEqual(0, RandomAccess.GetLength(destination));
    }

    private static ZipSpec Many(int entries) => new([Manifest, .. Enumerable.Range(1, entries - 1).Select(static index => new ZipEntrySpec($"c/{index}", []))]);
}
