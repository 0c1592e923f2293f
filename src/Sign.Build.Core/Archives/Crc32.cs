namespace Sign.Build.Core.Archives;

/// <summary>The checksum that a zip entry carries.</summary>
internal static class Crc32
{
    private const uint ReversedPolynomial = 0xEDB88320;

    private static readonly uint[] Table = CreateTable();

    /// <summary>The CRC-32 of <paramref name="data"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var remainder = uint.MaxValue;
        foreach (var value in data)
        {
            remainder = Table[(byte)(remainder ^ value)] ^ (remainder >> 8);
        }

        return ~remainder;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (var index = 0u; index < table.Length; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : ReversedPolynomial ^ (value >> 1);
            }

            table[index] = value;
        }

        return table;
    }
}
