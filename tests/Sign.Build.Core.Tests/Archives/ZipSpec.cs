using System.Buffers.Binary;
using System.Text;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>A zip file to be written byte by byte, so that it can be as odd as a test wants.</summary>
internal sealed record ZipSpec(IReadOnlyList<ZipEntrySpec> Entries)
{
    public byte[] Prefix { get; init; } = [];

    public byte[] BetweenDirectoryAndEnd { get; init; } = [];

    public byte[] Comment { get; init; } = [];

    public byte[] Trailing { get; init; } = [];

    public int EntryCountError { get; init; }

    public long DirectorySizeError { get; init; }

    public long DirectoryOffsetError { get; init; }

    public ushort Disk { get; init; }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        var headers = new List<(int Order, byte[] Header)>();
        file.Write(Prefix);
        foreach (var entry in Entries)
        {
            headers.Add((entry.DirectoryOrder, DirectoryHeader(entry, file.Position)));
            file.Write(LocalHeader(entry));
            file.Write(entry.Data);
            file.Write(entry.After);
        }

        var directoryOffset = file.Position;
        foreach (var (_, header) in headers.OrderBy(static header => header.Order))
        {
            file.Write(header);
        }

        var directorySize = file.Position - directoryOffset;
        file.Write(BetweenDirectoryAndEnd);
        file.Write(EndRecord(directoryOffset + DirectoryOffsetError, directorySize + DirectorySizeError));
        file.Write(Comment);
        file.Write(Trailing);
        return file.ToArray();
    }

    public void WriteTo(string path) => File.WriteAllBytes(path, ToBytes());

    private static byte[] LocalHeader(ZipEntrySpec entry)
    {
        var name = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
        var header = new byte[30 + name.Length + entry.LocalExtra.Length];
        "PK\x03\x04"u8.CopyTo(header);
        var fields = header.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], entry.LocalFlags ?? entry.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], entry.LocalMethod ?? entry.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], 0x5A21_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], (uint)entry.Data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[22..], entry.LocalUncompressedSize ?? (uint)entry.Data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[26..], (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[28..], (ushort)entry.LocalExtra.Length);
        name.CopyTo(fields[30..]);
        entry.LocalExtra.CopyTo(fields[(30 + name.Length)..]);
        return header;
    }

    private static byte[] DirectoryHeader(ZipEntrySpec entry, long localHeaderOffset)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var header = new byte[46 + name.Length + entry.DirectoryExtra.Length + entry.Comment.Length];
        "PK\x01\x02"u8.CopyTo(header);
        var fields = header.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], entry.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[10..], entry.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[12..], 0x5A21_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[20..], (uint)entry.Data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[24..], entry.UncompressedSize ?? (uint)entry.Data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[28..], (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[30..], (ushort)entry.DirectoryExtra.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[32..], (ushort)entry.Comment.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[34..], entry.Disk);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[38..], entry.ExternalAttributes);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[42..], (uint)localHeaderOffset);
        name.CopyTo(fields[46..]);
        entry.DirectoryExtra.CopyTo(fields[(46 + name.Length)..]);
        entry.Comment.CopyTo(fields[(46 + name.Length + entry.DirectoryExtra.Length)..]);
        return header;
    }

    private byte[] EndRecord(long directoryOffset, long directorySize)
    {
        var record = new byte[22];
        "PK\x05\x06"u8.CopyTo(record);
        var fields = record.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], (ushort)(Entries.Count + EntryCountError));
        BinaryPrimitives.WriteUInt16LittleEndian(fields[10..], (ushort)(Entries.Count + EntryCountError));
        BinaryPrimitives.WriteUInt32LittleEndian(fields[12..], (uint)directorySize);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[16..], (uint)directoryOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[20..], (ushort)Comment.Length);
        return record;
    }
}
