using System.Buffers.Binary;
using System.Text;

namespace Sign.Build.Core.Archives;

/// <summary>The bytes that a signature adds to a zip file, field for field as NuGet writes and demands them.</summary>
internal static class SignatureEntryWriter
{
    private const ushort Version20 = 20;

    private static readonly byte[] Name = Encoding.ASCII.GetBytes(SignatureEntry.Name);

    /// <summary>Bytes that the entry takes beside the signature itself.</summary>
    public static int LocalHeaderLength => LocalHeader.FixedLength + Name.Length;

    /// <summary>Bytes that the entry takes in the central directory.</summary>
    public static int DirectoryHeaderLength => DirectoryHeader.FixedLength + Name.Length;

    /// <summary>The local file header: stored, no flags, no extra fields.</summary>
    public static byte[] LocalHeaderOf(ReadOnlySpan<byte> signature, DateTimeOffset time)
    {
        var header = new byte[LocalHeaderLength];
        LocalHeader.Marker.CopyTo(header);
        WriteCommonFields(header.AsSpan(4), signature, time);
        Name.CopyTo(header, LocalHeader.FixedLength);
        return header;
    }

    /// <summary>The header in the central directory: as the local one, no attributes, no comment.</summary>
    public static byte[] DirectoryHeaderOf(ReadOnlySpan<byte> signature, DateTimeOffset time, long localHeaderOffset)
    {
        var header = new byte[DirectoryHeaderLength];
        DirectoryHeader.Marker.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version20);
        WriteCommonFields(header.AsSpan(6), signature, time);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(DirectoryHeader.LocalHeaderOffsetField), checked((uint)localHeaderOffset));
        Name.CopyTo(header, DirectoryHeader.FixedLength);
        return header;
    }

    private static void WriteCommonFields(Span<byte> fields, ReadOnlySpan<byte> signature, DateTimeOffset time)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, Version20);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[6..], DosTime(time));
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], Crc32.Of(signature));
        BinaryPrimitives.WriteInt32LittleEndian(fields[14..], signature.Length);
        BinaryPrimitives.WriteInt32LittleEndian(fields[18..], signature.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)Name.Length);
    }

    /// <summary>Zip time has no zone, two-second steps, and covers 1980 to 2107.</summary>
    private static uint DosTime(DateTimeOffset time)
    {
        var year = time.Year - 1980;
        return year switch
        {
            < 0 => (1 << 21) | (1 << 16),
            > 127 => (127u << 25) | (12u << 21) | (31u << 16) | (23u << 11) | (59u << 5) | 29u,
            _ => ((uint)year << 25) | ((uint)time.Month << 21) | ((uint)time.Day << 16)
                | ((uint)time.Hour << 11) | ((uint)time.Minute << 5) | ((uint)time.Second / 2),
        };
    }
}
