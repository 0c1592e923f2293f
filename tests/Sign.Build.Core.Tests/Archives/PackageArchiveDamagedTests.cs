using System.Security.Cryptography;
using NuGet.Packaging.Signing;
using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>Thousands of damaged packages: each is refused with the one exception for it, or read as NuGet reads it.</summary>
[TestClass]
public sealed class PackageArchiveDamagedTests
{
    private const int Archives = 1000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task HashContent_OfADamagedPackage_IsNuGetsHashOrAFormatException()
    {
        using var directory = new TemporaryDirectory();
        int refused = 0, defective = 0, same = 0, strict = 0;
        var reasons = new Dictionary<string, int>();
        for (var seed = 0; seed < Archives; seed++)
        {
            var package = Damage(ArchiveGenerator.Signed(seed).ToBytes(), new Random(seed));
            var (nuGet, nuGetError) = NuGetHash(package);
            try
            {
                using var archive = ArchiveFile.Open(directory[$"{seed}.nupkg"], package);
                if (archive.IsZip64 || archive.SignatureEntry is null || archive.SignatureEntryDefects.Count > 0)
                {
                    defective++;
                    continue;
                }

                var hashes = await archive.HashContentAsync([HashAlgorithmName.SHA512], TestContext.CancellationToken);

                Assert.IsNotNull(nuGet, $"seed {seed}: {nuGetError}");
                Assert.AreSequenceEqual(nuGet, hashes[HashAlgorithmName.SHA512].ToArray(), $"seed {seed}");
                same++;
            }
            catch (ArchiveFormatException exception)
            {
                refused++;
                if (nuGet is not null)
                {
                    strict++;
                    reasons[exception.Message] = reasons.GetValueOrDefault(exception.Message) + 1;
                }
            }
        }

        TestContext.WriteLine($"refused {refused}, of them readable for NuGet {strict}; defective {defective}; same {same}");
        foreach (var (reason, count) in reasons)
        {
            TestContext.WriteLine($"{count} {reason}");
        }

        Assert.IsGreaterThan(Archives / 10, refused);
        Assert.IsGreaterThan(Archives / 10, same);
    }

    private static byte[] Damage(byte[] package, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                return package[..random.Next(package.Length)];
            case 1:
                return [.. package.AsSpan(0, package.Length / 2), .. package.AsSpan((package.Length / 2) + 1)];
            default:
                var directory = package.AsSpan().IndexOf("PK\x01\x02"u8);
                for (var change = random.Next(1, 4); change > 0; change--)
                {
                    var position = random.Next(3) == 0 ? random.Next(package.Length) : random.Next(directory, package.Length);
                    package[position] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
                }

                return package;
        }
    }

    private (byte[]? Hash, string? Error) NuGetHash(byte[] package)
    {
        try
        {
            return (NuGetArchive.ContentHash(package, TestContext.CancellationToken), null);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or SignatureException or ArgumentException)
        {
            return (null, exception.Message);
        }
    }
}
