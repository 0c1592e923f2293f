using System.Buffers.Binary;

namespace Sign.Build.Core.Archives;

/// <summary>The end of central directory record of a zip file.</summary>
/// <param name="Offset">Its position in the file.</param>
/// <param name="Disk">Number of this disk.</param>
/// <param name="DirectoryDisk">Number of the disk where the central directory starts.</param>
/// <param name="EntriesOnDisk">Entries on this disk.</param>
/// <param name="Entries">Entries in all.</param>
/// <param name="DirectoryLength">Length of the central directory.</param>
/// <param name="DirectoryOffset">Position of the central directory.</param>
/// <param name="CommentLength">Length of the comment that follows.</param>
internal sealed record EndRecord(
    long Offset,
    ushort Disk,
    ushort DirectoryDisk,
    ushort EntriesOnDisk,
    ushort Entries,
    uint DirectoryLength,
    uint DirectoryOffset,
    ushort CommentLength)
{
    /// <summary>Length of the record without the comment.</summary>
    public const int FixedLength = 22;

    private const int Zip64LocatorLength = 20;
    private const int LongestTail = FixedLength + ushort.MaxValue;

    private static ReadOnlySpan<byte> Marker => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> Zip64LocatorMarker => "PK\x06\x07"u8;

    /// <summary>Finds the last record of the file, within the distance that a comment can put it from the end.</summary>
    /// <exception cref="ArchiveFormatException">There is none, or it is cut off.</exception>
    public static EndRecord Find(FileWindow file, long fileLength)
    {
        var tailLength = (int)Math.Min(fileLength, LongestTail);
        var tail = file.Show(fileLength - tailLength, tailLength, tailLength);
        var index = tail.LastIndexOf(Marker);
        if (index < 0)
        {
            throw new ArchiveFormatException(fileLength == 0
                ? "The file is empty."
                : "The file is not a zip archive, or it is cut off: there is no end of central directory record.");
        }

        if (tail.Length - index < FixedLength)
        {
            throw new ArchiveFormatException("The archive is cut off within its end of central directory record.");
        }

        var record = tail[index..];
        var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(record[20..]);
        if (commentLength > record.Length - FixedLength)
        {
            throw new ArchiveFormatException("The archive is cut off within its comment.");
        }

        return new EndRecord(
            fileLength - tailLength + index,
            BinaryPrimitives.ReadUInt16LittleEndian(record[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[6..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            commentLength);
    }

    /// <summary>Whether a Zip64 locator precedes the record.</summary>
    public bool HasZip64Locator(FileWindow file) =>
        Offset >= Zip64LocatorLength
        && file.Show(Offset - Zip64LocatorLength, Zip64LocatorMarker.Length, Zip64LocatorLength).SequenceEqual(Zip64LocatorMarker);

    /// <summary>Writes the record, without comment, for another number of entries and another place of the directory.</summary>
    public byte[] With(int entries, long directoryLength, long directoryOffset)
    {
        var bytes = new byte[FixedLength];
        Marker.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), DirectoryDisk);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), checked((ushort)entries));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), checked((ushort)entries));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), checked((uint)directoryLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), checked((uint)directoryOffset));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(20), CommentLength);
        return bytes;
    }
}
