using System.Buffers.Binary;

namespace Sign.Build.Core.Archives;

/// <summary>A header of the central directory, as a view on its bytes.</summary>
internal readonly ref struct DirectoryHeader
{
    /// <summary>Length without the variable parts.</summary>
    public const int FixedLength = 46;

    /// <summary>Where in the header the position of the local file header stands.</summary>
    public const int LocalHeaderOffsetField = 42;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <param name="bytes">The whole header, variable parts included.</param>
    public DirectoryHeader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    public static ReadOnlySpan<byte> Marker => "PK\x01\x02"u8;

    public ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[8..]);

    public ushort Method => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[10..]);

    public uint CompressedSize => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[20..]);

    public uint UncompressedSize => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[24..]);

    public ushort Disk => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[34..]);

    public uint ExternalAttributes => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[38..]);

    public uint LocalHeaderOffset => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[LocalHeaderOffsetField..]);

    public ReadOnlySpan<byte> Name => _bytes.Slice(FixedLength, NameLength(_bytes));

    public ReadOnlySpan<byte> ExtraFields => _bytes.Slice(FixedLength + NameLength(_bytes), ExtraLength(_bytes));

    /// <summary>The length of the whole header, from its fixed part.</summary>
    public static int LengthOf(ReadOnlySpan<byte> fixedPart) =>
        FixedLength + NameLength(fixedPart) + ExtraLength(fixedPart) + BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[32..]);

    private static ushort NameLength(ReadOnlySpan<byte> fixedPart) => BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]);

    private static ushort ExtraLength(ReadOnlySpan<byte> fixedPart) => BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[30..]);
}
