using System.Buffers.Binary;

namespace Sign.Build.Testing;

/// <summary>Where the parts of a zip file are. For well-formed ones only: a rig's archives come from <see cref="System.IO.Compression.ZipArchive"/>.</summary>
public sealed record ZipLayout(int EntryCount, int DirectoryOffset, int EndOffset)
{
    /// <summary>Finds directory and end record.</summary>
    public static ZipLayout Parse(ReadOnlySpan<byte> archive)
    {
        var end = archive.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0)
        {
            throw new InvalidDataException("No end of central directory.");
        }

        return new ZipLayout(
            BinaryPrimitives.ReadUInt16LittleEndian(archive[(end + 10)..]),
            (int)BinaryPrimitives.ReadUInt32LittleEndian(archive[(end + 16)..]),
            end);
    }

    /// <summary>Offsets of the headers in a directory.</summary>
    public static IReadOnlyList<int> Headers(ReadOnlySpan<byte> directory)
    {
        var offsets = new List<int>();
        for (var at = 0; at < directory.Length;)
        {
            offsets.Add(at);
            at += 46
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[(at + 28)..])
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[(at + 30)..])
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[(at + 32)..]);
        }

        return offsets;
    }

    /// <summary>Moves where all headers of a directory say that their entries are.</summary>
    public static void ShiftOffsets(Span<byte> directory, int by)
    {
        foreach (var header in Headers(directory))
        {
            var field = directory[(header + 42)..];
            BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)(BinaryPrimitives.ReadUInt32LittleEndian(field) + by));
        }
    }
}
