using System.IO.Compression;
using Sign.Build.Core.Archives;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>Makes archives that differ in everything a zip file may differ in. The same seed gives the same archive.</summary>
internal static class ArchiveGenerator
{
    private const ushort HasDataDescriptor = 1 << 3;

    public static ZipSpec Unsigned(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(8) switch { 0 => 1, 1 => random.Next(50, 400), _ => random.Next(1, 12) };
        return new ZipSpec([.. Enumerable.Range(0, count).Select(index => Entry(random, index, count))])
        {
            Comment = random.Next(4) == 0 ? Bytes(random, random.Next(2000)) : [],
            Trailing = random.Next(6) == 0 ? Bytes(random, random.Next(1, 300)) : [],
        };
    }

    /// <summary>An archive with a signature entry at any place, in the file as in the directory.</summary>
    public static ZipSpec Signed(int seed)
    {
        var spec = Unsigned(seed);
        var random = new Random(~seed);
        var signature = new ZipEntrySpec(SignatureEntry.Name, Bytes(random, random.Next(1, 3000)))
        {
            DirectoryOrder = random.Next(-1, spec.Entries.Count + 1),
            Comment = random.Next(5) == 0 ? Bytes(random, 9) : [],
            LocalExtra = random.Next(5) == 0 ? Extra(random) : [],
            DirectoryExtra = random.Next(5) == 0 ? Extra(random) : [],
            After = random.Next(5) == 0 ? Bytes(random, random.Next(30)) : [],
        };
        var entries = spec.Entries.ToList();
        entries.Insert(random.Next(entries.Count + 1), signature);
        return spec with { Entries = entries, Prefix = random.Next(6) == 0 ? Bytes(random, random.Next(1, 500)) : [] };
    }

    /// <summary>A well-formed extra field that is not Zip64.</summary>
    public static byte[] Extra(Random random)
    {
        var data = Bytes(random, random.Next(40));
        return [0x55, 0x54, (byte)data.Length, 0, .. data];
    }

    public static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);

        // No chance signature of a zip record, which would make another archive of it.
        bytes.AsSpan().Replace((byte)'P', (byte)'Q');
        return bytes;
    }

    private static ZipEntrySpec Entry(Random random, int index, int count)
    {
        var name = random.Next(6) switch
        {
            0 => $"lib/net10.0/ä{index}.dll",
            1 => $"sub/{index}/.signature.p7s",
            2 => index == 0 ? ".SIGNATURE.P7S" : $"empty{index}/",
            _ => $"content/{index}.txt",
        };
        var content = random.Next(5) == 0 ? [] : Bytes(random, random.Next(random.Next(10) == 0 ? 70_000 : 900));
        var isCompressed = random.Next(2) == 0;
        var hasDescriptor = random.Next(3) == 0;
        return new ZipEntrySpec(name, isCompressed ? Deflate(content) : content)
        {
            Method = (ushort)(isCompressed ? 8 : 0),
            UncompressedSize = (uint)content.Length,
            LocalUncompressedSize = hasDescriptor ? 0 : (uint)content.Length,
            Flags = (ushort)((hasDescriptor ? HasDataDescriptor : 0) | (random.Next(2) == 0 ? 1 << 11 : 0)),
            LocalExtra = random.Next(3) == 0 ? Extra(random) : [],
            DirectoryExtra = random.Next(3) == 0 ? Extra(random) : [],
            Comment = random.Next(5) == 0 ? Bytes(random, random.Next(60)) : [],
            ExternalAttributes = (uint)random.Next(),
            After = hasDescriptor ? Bytes(random, random.Next(2) == 0 ? 12 : 16) : random.Next(8) == 0 ? Bytes(random, random.Next(50)) : [],
            DirectoryOrder = random.Next(4) == 0 ? random.Next(count) : index,
        };
    }

    private static byte[] Deflate(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Fastest))
        {
            deflate.Write(content);
        }

        return compressed.ToArray();
    }
}
