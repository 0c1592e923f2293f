using System.Buffers.Binary;

namespace Sign.Build.Core.Archives;

/// <summary>A local file header, as a view on its bytes.</summary>
internal readonly ref struct LocalHeader
{
    /// <summary>Length without the variable parts.</summary>
    public const int FixedLength = 30;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <param name="bytes">The whole header, variable parts included.</param>
    public LocalHeader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    public static ReadOnlySpan<byte> Marker => "PK\x03\x04"u8;

    public ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[6..]);

    public ushort Method => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[8..]);

    public uint CompressedSize => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[18..]);

    public uint UncompressedSize => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[22..]);

    public ReadOnlySpan<byte> Name => _bytes.Slice(FixedLength, NameLength(_bytes));

    public ReadOnlySpan<byte> ExtraFields => _bytes.Slice(FixedLength + NameLength(_bytes), ExtraLength(_bytes));

    /// <summary>The length of the whole header, from its fixed part.</summary>
    public static int LengthOf(ReadOnlySpan<byte> fixedPart) => FixedLength + NameLength(fixedPart) + ExtraLength(fixedPart);

    private static ushort NameLength(ReadOnlySpan<byte> fixedPart) => BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[26..]);

    private static ushort ExtraLength(ReadOnlySpan<byte> fixedPart) => BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]);
}
