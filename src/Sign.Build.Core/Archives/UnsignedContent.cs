using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>
/// The package without its signature, as ranges of the file that holds it: what was there before somebody signed,
/// what the signature's hash covers, and what a new signature is added to.
/// </summary>
/// <remarks>
/// In an unsigned file that is the file. In a signed one the signature's entry and its directory header are left out,
/// positions of entries behind it move up, and the end record counts one entry less. NuGet assumes that the first entry
/// stood at position 0, so bytes before it are hashed, but positions are counted without them.
/// </remarks>
internal sealed class UnsignedContent
{
    /// <summary>Large enough that calls cost nothing beside hashing, small enough for many packages at once.</summary>
    private const int BlockLength = 256 * 1024;

    private readonly IReadOnlyList<OffsetPatch> _patches;

    private UnsignedContent(IReadOnlyList<FileRange> body, IReadOnlyList<FileRange> directory, FileRange trailer, EndRecord end, int entries, IReadOnlyList<OffsetPatch> patches)
    {
        Body = body;
        Directory = directory;
        Trailer = trailer;
        End = end;
        Entries = entries;
        _patches = patches;
    }

    public delegate void BlockHandler(ReadOnlySpan<byte> block);

    /// <summary>The entries, and anything between and before them.</summary>
    public IReadOnlyList<FileRange> Body { get; }

    /// <summary>The central directory.</summary>
    public IReadOnlyList<FileRange> Directory { get; }

    /// <summary>Everything behind the end record: its comment, and whatever follows.</summary>
    public FileRange Trailer { get; }

    public int Entries { get; }

    public long BodyLength => Body.Sum(static range => range.Length);

    public long DirectoryLength => Directory.Sum(static range => range.Length);

    private EndRecord End { get; }

    public static UnsignedContent Of(ArchiveLayout layout)
    {
        var end = layout.End;
        var body = new FileRange(0, end.DirectoryOffset);
        var directory = new FileRange(end.DirectoryOffset, end.Offset);
        var trailer = new FileRange(end.Offset + EndRecord.FixedLength, layout.FileLength);
        if (layout.SignatureEntry is not { } signature)
        {
            return new UnsignedContent([body], [directory], trailer, end, end.Entries, []);
        }

        return new UnsignedContent(
            body.Without(new FileRange(signature.HeaderOffset, signature.HeaderOffset + signature.TotalLength)),
            directory.Without(new FileRange(signature.DirectoryOffset, signature.DirectoryOffset + signature.DirectoryLength)),
            trailer,
            end,
            end.Entries - 1,
            Patches(layout, signature));
    }

    /// <summary>The end record for this content, or for the content with a signature of the given lengths.</summary>
    public byte[] EndRecordWith(long signatureEntryLength, long signatureHeaderLength) =>
        End.With(
            Entries + (signatureHeaderLength == 0 ? 0 : 1),
            DirectoryLength + signatureHeaderLength,
            BodyLength + signatureEntryLength);

    /// <summary>Hands over the bytes of <paramref name="ranges"/> in blocks.</summary>
    public void Read(SafeFileHandle file, IEnumerable<FileRange> ranges, BlockHandler handle, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            var patch = 0;
            foreach (var range in ranges)
            {
                for (var position = range.Start; position < range.End;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var block = buffer.AsSpan(0, (int)Math.Min(BlockLength, range.End - position));
                    FileBytes.ReadExactly(file, block, position);
                    Patch(block, position, ref patch);
                    handle(block);
                    position += block.Length;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static OffsetPatch[] Patches(ArchiveLayout layout, SignatureEntry signature)
    {
        var start = layout.Entries[0].HeaderOffset;
        return [.. layout.Entries
            .Where(entry => entry.HeaderOffset != signature.HeaderOffset && (start > 0 || entry.HeaderOffset > signature.HeaderOffset))
            .Select(entry => new OffsetPatch(
                entry.DirectoryOffset + DirectoryHeader.LocalHeaderOffsetField,
                (uint)(entry.HeaderOffset - start - (entry.HeaderOffset > signature.HeaderOffset ? signature.TotalLength : 0))))
            .OrderBy(static patch => patch.Position)];
    }

    private void Patch(Span<byte> block, long blockStart, ref int next)
    {
        while (next < _patches.Count && _patches[next].Position < blockStart + block.Length)
        {
            _patches[next].Apply(block, blockStart);
            if (_patches[next].Position + OffsetPatch.Length > blockStart + block.Length)
            {
                return;
            }

            next++;
        }
    }
}
