using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

[TestClass]
public sealed class PackageArchiveOpenHostileTests
{
    private static readonly ZipSpec Good = new([Entry("a.nuspec"), Entry("b"), Entry("c")]);

    public static IEnumerable<(string, byte[], string)> Archives()
    {
        yield return ("empty file", [], "empty");
        yield return ("text", "This is not a package."u8.ToArray(), "not a zip archive");
        yield return ("only zeros", new byte[100_000], "not a zip archive");
        yield return ("end record only", new ZipSpec([]).ToBytes(), "no entries");
        yield return ("cut in the end record", Good.ToBytes()[..^5], "cut off within its end");
        yield return ("cut in the comment", (Good with { Comment = new byte[50] }).ToBytes()[..^5], "cut off within its comment");
        yield return ("cut before the end record", Good.ToBytes()[..^22], "not a zip archive");
        yield return ("beginning missing", Good.ToBytes()[10..], "central directory is not where");
        yield return ("too few entries announced", (Good with { EntryCountError = -1 }).ToBytes(), "longer than its entries");
        yield return ("too many entries announced", (Good with { EntryCountError = 1 }).ToBytes(), "fewer entries");
        yield return ("directory offset off", (Good with { DirectoryOffsetError = 1 }).ToBytes(), "not where");
        yield return ("directory beyond the file", (Good with { DirectoryOffsetError = 0x7000_0000 }).ToBytes(), "not where");
        yield return ("directory size off", (Good with { DirectorySizeError = 0x7000_0000 }).ToBytes(), "not where");
        yield return ("another directory", (Good with { DirectoryOffsetError = 40, DirectorySizeError = -40 }).ToBytes(), "damaged");
        yield return ("bytes behind the directory", (Good with { BetweenDirectoryAndEnd = new byte[60] }).ToBytes(), "not where");
        yield return ("bytes behind the directory, counted", (Good with { BetweenDirectoryAndEnd = new byte[60], DirectorySizeError = 60 }).ToBytes(), "longer than its entries");
        yield return ("entry on another disk", new ZipSpec([Entry("a"), Entry("b") with { Disk = 1 }]).ToBytes(), "several disks");
        yield return ("entry position in the directory", Patched(Good, 42, 0xF0), "outside");
        yield return ("entry position far away", Patched(Good, 45, 0x7F), "outside");
        yield return ("two entries at one place", Patched(new ZipSpec([Entry("a"), Entry("b")]), 46 + 1 + 42, 0), "overlap");
        yield return ("entry reaches into the next", Patched(Good, 20, 200), "overlap");
        yield return ("entry larger than the file", Patched(Good, 23, 0x7F), "overlap");
        yield return ("no local header", [.. "XX"u8, .. Good.ToBytes().AsSpan(2)], "no local file header");
        yield return ("local name reaches into the next entry", PatchedLocal(26, 250), "overlap");
        yield return ("directory name reaches behind the directory", Patched(Good, 28, 250), "cut off");
        yield return ("65535 entries at one place", ManyAtOnePlace(), "overlap");
    }

    [TestMethod]
    [DynamicData(nameof(Archives))]
    public void Open_OfAHostileFile_SaysWhatIsWrong(string name, byte[] content, string reason)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["p.nupkg"], content);

        var exception = Assert.ThrowsExactly<ArchiveFormatException>(() => PackageArchive.Open(directory["p.nupkg"]).Dispose(), name);

        Assert.Contains(reason, exception.Message, name);
        Assert.DoesNotContain(directory.Path, exception.Message, name);
        File.Move(directory["p.nupkg"], directory["moved.nupkg"]);
    }

    [TestMethod]
    public void Open_OfTheUndamagedFile_Succeeds()
    {
        using var directory = new TemporaryDirectory();
        Good.WriteTo(directory["p.nupkg"]);

        using var archive = PackageArchive.Open(directory["p.nupkg"]);

        Assert.AreEqual(3, archive.EntryCount);
        Assert.AreEqual(new FileInfo(directory["p.nupkg"]).Length, archive.Length);
        Assert.IsNull(archive.SignatureObstacle);
    }

    [TestMethod]
    public void Open_OfAMissingFile_ThrowsTheIOException()
    {
        using var directory = new TemporaryDirectory();

        Assert.ThrowsExactly<FileNotFoundException>(() => PackageArchive.Open(directory["none.nupkg"]));
    }

    private static ZipEntrySpec Entry(string name) => new(name, [1, 2, 3, 4, 5]);

    /// <summary>Changes a byte of the first header in the central directory.</summary>
    private static byte[] Patched(ZipSpec spec, int position, byte value)
    {
        var bytes = spec.ToBytes();
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + position] = value;
        return bytes;
    }

    private static byte[] PatchedLocal(int position, byte value)
    {
        var bytes = Good.ToBytes();
        bytes[position] = value;
        return bytes;
    }

    private static byte[] ManyAtOnePlace()
    {
        var bytes = new ZipSpec([.. Enumerable.Repeat(Entry("a"), 65535)]).ToBytes();
        var directory = bytes.AsSpan(bytes.AsSpan().IndexOf("PK\x01\x02"u8));
        for (var header = 0; header < 65535; header++)
        {
            directory.Slice((header * 47) + 42, 4).Clear();
        }

        return bytes;
    }
}
