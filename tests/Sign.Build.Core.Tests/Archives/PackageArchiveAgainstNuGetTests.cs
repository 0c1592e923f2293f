using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>Thousands of generated archives, each worked on by us and by NuGet.Packaging.</summary>
[TestClass]
public sealed class PackageArchiveAgainstNuGetTests
{
    private const int Archives = 300;
    private static readonly HashAlgorithmName[] Both = [HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Token => TestContext.CancellationToken;

    [TestMethod]
    public async Task WriteSigned_OfAnyUnsignedArchive_WritesTheBytesThatNuGetWrites()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = ArchiveGenerator.Unsigned(seed).ToBytes();
            var signature = ArchiveGenerator.Bytes(new Random(seed), 1 + (seed % 2000));
            var expected = await NuGetArchive.SignAsync(package, signature, Token);

            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], package);
            var actual = await archive.SignedAsync(signature, NuGetArchive.SignatureTime(expected), Token);

            Assert.IsNull(archive.SignatureEntry, $"seed {seed}");
            Assert.IsTrue(archive.CanTakeSignature, $"seed {seed}");
            Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), $"seed {seed}");
        }
    }

    [TestMethod]
    public async Task HashContent_OfWhatNuGetSigned_IsTheHashOfTheFileBefore()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = ArchiveGenerator.Unsigned(seed).ToBytes();
            var signed = await NuGetArchive.SignAsync(package, [1, 2, 3], Token);

            using var before = ArchiveFile.Open(directory[$"{seed}.before"], package);
            using var after = ArchiveFile.Open(directory[$"{seed}.after"], signed);
            var hashesBefore = await before.HashContentAsync(Both, Token);
            var hashesAfter = await after.HashContentAsync(Both, Token);

            var expected = SHA256.HashData(package);
            Assert.AreSequenceEqual(expected, hashesBefore[HashAlgorithmName.SHA256].ToArray(), $"seed {seed}");
            Assert.AreSequenceEqual(expected, hashesAfter[HashAlgorithmName.SHA256].ToArray(), $"seed {seed}");
            Assert.AreSequenceEqual(SHA512.HashData(package), hashesAfter[HashAlgorithmName.SHA512].ToArray(), $"seed {seed}");
            await NuGetArchive.ValidateAsync(signed, hashesAfter[HashAlgorithmName.SHA256], Token);
        }
    }

    [TestMethod]
    public async Task HashContent_WithTheSignatureAtAnyPlace_IsTheHashThatNuGetFinds()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = ArchiveGenerator.Signed(seed).ToBytes();

            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], package);
            var hashes = await archive.HashContentAsync(Both, Token);

            Assert.IsNotNull(archive.SignatureEntry, $"seed {seed}");
            Assert.IsEmpty(archive.SignatureEntryDefects, $"seed {seed}");
            Assert.AreSequenceEqual(NuGetArchive.ContentHash(package, Token), hashes[HashAlgorithmName.SHA512].ToArray(), $"seed {seed}");
            await NuGetArchive.ValidateAsync(package, hashes[HashAlgorithmName.SHA256], Token);
        }
    }

    [TestMethod]
    public async Task WriteUnsigned_WithTheSignatureAtAnyPlace_WritesWhatWasHashed()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var spec = ArchiveGenerator.Signed(seed) with { Prefix = [] };
            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], spec.ToBytes());
            var hashes = await archive.HashContentAsync([HashAlgorithmName.SHA256], Token);

            var unsigned = await archive.UnsignedAsync(Token);

            var expected = (spec with { Entries = [.. spec.Entries.Where(static entry => entry.Name != SignatureEntry.Name)] }).ToBytes();
            Assert.IsTrue(expected.AsSpan().SequenceEqual(unsigned), $"seed {seed}");
            Assert.AreSequenceEqual(SHA256.HashData(unsigned), hashes[HashAlgorithmName.SHA256].ToArray(), $"seed {seed}");
        }
    }

    [TestMethod]
    public async Task WriteUnsigned_OfWhatNuGetSigned_WritesTheFileBefore()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = ArchiveGenerator.Unsigned(seed).ToBytes();
            var signed = await NuGetArchive.SignAsync(package, [4, 5, 6], Token);
            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], signed);

            var unsigned = await archive.UnsignedAsync(Token);

            Assert.IsTrue(package.AsSpan().SequenceEqual(unsigned), $"seed {seed}");
        }
    }

    [TestMethod]
    public async Task WriteSigned_OfASignedArchive_ReplacesTheSignatureAsNuGetDoes()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = ArchiveGenerator.Unsigned(seed).ToBytes();
            var first = await NuGetArchive.SignAsync(package, [1], Token);
            var signature = ArchiveGenerator.Bytes(new Random(seed), 300);
            var expected = await NuGetArchive.SignAsync(await NuGetArchive.UnsignAsync(first, Token), signature, Token);
            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], first);

            var actual = await archive.SignedAsync(signature, NuGetArchive.SignatureTime(expected), Token);

            Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), $"seed {seed}");
        }
    }

    [TestMethod]
    public async Task WriteSigned_WithTheOldSignatureAtAnyPlace_SignsWhatWasHashed()
    {
        using var directory = new TemporaryDirectory();
        for (var seed = 0; seed < Archives; seed++)
        {
            var spec = ArchiveGenerator.Signed(seed) with { Prefix = [] };
            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], spec.ToBytes());
            var hashes = await archive.HashContentAsync([HashAlgorithmName.SHA256], Token);

            var signed = await archive.SignedAsync([7, 8, 9], new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero), Token);

            using var again = ArchiveFile.Open(directory[$"{seed}.again"], signed);
            Assert.AreSequenceEqual(new byte[] { 7, 8, 9 }, await again.ReadSignatureAsync(Token), $"seed {seed}");
            await NuGetArchive.ValidateAsync(signed, hashes[HashAlgorithmName.SHA256], Token);
        }
    }

    [TestMethod]
    public async Task IsZip64_WithZip64FieldsAnywhere_IsWhatNuGetFinds()
    {
        using var directory = new TemporaryDirectory();
        var found = 0;
        for (var seed = 0; seed < Archives; seed++)
        {
            var random = new Random(seed);
            var spec = ArchiveGenerator.Unsigned(seed);
            var odd = random.Next(spec.Entries.Count);
            var entries = spec.Entries.ToArray();
            entries[odd] = random.Next(4) switch
            {
                0 => entries[odd] with { LocalExtra = [.. entries[odd].LocalExtra, 1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8] },
                1 => entries[odd] with { DirectoryExtra = [1, 0, 0, 0, .. entries[odd].DirectoryExtra] },
                2 => entries[odd] with { LocalExtra = [.. ArchiveGenerator.Extra(random), 0] },
                _ => entries[odd] with { DirectoryExtra = [9, 9, 200, 0, 1, 0, 0, 0] },
            };
            var package = (spec with { Entries = entries }).ToBytes();

            using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], package);

            Assert.AreEqual(await NuGetArchive.IsZip64Async(package, Token), archive.IsZip64, $"seed {seed}");
            found += archive.IsZip64 ? 1 : 0;
        }

        Assert.IsInRange(Archives / 4, 3 * Archives / 4, found);
    }
}
