using System.Buffers.Binary;

namespace Sign.Build.Core.Archives;

/// <summary>Looks through the extra fields of a header.</summary>
internal static class ExtraFields
{
    private const ushort Zip64Id = 0x0001;

    /// <summary>Says whether there is a Zip64 field among them, and whether NuGet could read them at all.</summary>
    public static (bool HasZip64, bool IsMalformed) Inspect(ReadOnlySpan<byte> fields)
    {
        var hasZip64 = false;

        // NuGet lets a single left-over byte pass, stops with an exception at two or three, and takes a field that
        // claims more data than there is as the last one.
        while (fields.Length > 1)
        {
            if (fields.Length < 4)
            {
                return (hasZip64, IsMalformed: true);
            }

            hasZip64 |= BinaryPrimitives.ReadUInt16LittleEndian(fields) == Zip64Id;
            var size = BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]);
            fields = fields[Math.Min(4 + size, fields.Length)..];
        }

        return (hasZip64, IsMalformed: false);
    }
}
