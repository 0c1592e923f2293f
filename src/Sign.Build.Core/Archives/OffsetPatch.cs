namespace Sign.Build.Core.Archives;

/// <summary>Four bytes at <paramref name="Position"/> of the file that count as <paramref name="Value"/>.</summary>
internal sealed record OffsetPatch(long Position, uint Value)
{
    /// <summary>Length of the patched field.</summary>
    public const int Length = 4;

    /// <summary>Patches what of the field lies in <paramref name="block"/>, which starts at <paramref name="blockStart"/>.</summary>
    public void Apply(Span<byte> block, long blockStart)
    {
        for (var index = 0; index < Length; index++)
        {
            var position = Position + index - blockStart;
            if (position >= 0 && position < block.Length)
            {
                block[(int)position] = (byte)(Value >> (8 * index));
            }
        }
    }
}
