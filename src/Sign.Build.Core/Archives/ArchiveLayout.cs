using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>
/// Where everything is in a zip file, read from its end record, its central directory and the local headers.
/// </summary>
/// <remarks>
/// A file that different zip readers could understand in different ways is refused: the directory must fill the space
/// between the entries and the end record exactly, hold the announced number of entries, and no entry may reach into
/// another one. NuGet relies on all of this without looking.
/// </remarks>
internal sealed class ArchiveLayout
{
    private static readonly byte[] SignatureName = Encoding.ASCII.GetBytes(Archives.SignatureEntry.Name);

    private readonly List<string> _signatureDefects = [];
    private int _signatureIndex = -1;

    private ArchiveLayout(long fileLength, EndRecord end)
    {
        FileLength = fileLength;
        End = end;
    }

    public long FileLength { get; }

    public EndRecord End { get; }

    public bool IsZip64 { get; private set; }

    /// <summary>Whether a header has extra fields that NuGet's own look for Zip64 stumbles over.</summary>
    public bool HasMalformedExtraFields { get; private set; }

    public SignatureEntry? SignatureEntry { get; private set; }

    public IReadOnlyList<string> SignatureDefects => _signatureDefects;

    /// <summary>Entries with the name of the signature.</summary>
    public int SignatureCount { get; private set; }

    /// <summary>The entries in the order of their local headers; not to be relied on for Zip64.</summary>
    public ArchiveEntry[] Entries { get; private set; } = [];

    /// <summary>The manifest, or null when there is none or more than one.</summary>
    public ArchiveEntry? Manifest { get; private set; }

    /// <summary>How many entries look like the manifest.</summary>
    public int ManifestCount { get; private set; }

    /// <exception cref="ArchiveFormatException">Not a zip archive, or an inconsistent one.</exception>
    public static ArchiveLayout Read(SafeFileHandle file, long fileLength)
    {
        using var window = new FileWindow(file, fileLength);
        var end = EndRecord.Find(window, fileLength);
        if (end.Disk != end.DirectoryDisk || end.EntriesOnDisk != end.Entries)
        {
            throw new ArchiveFormatException("The archive spans several disks.");
        }

        var layout = new ArchiveLayout(fileLength, end);
        if (end.HasZip64Locator(window))
        {
            layout.IsZip64 = true;
            return layout;
        }

        layout.ReadDirectory(window);
        if (!layout.IsZip64)
        {
            layout.ReadLocalHeaders(window);
        }

        return layout;
    }

    private void ReadDirectory(FileWindow window)
    {
        if (End.DirectoryOffset + (long)End.DirectoryLength != End.Offset)
        {
            throw new ArchiveFormatException("The central directory is not where the end of central directory record says.");
        }

        if (End.Entries == 0)
        {
            throw new ArchiveFormatException("The archive has no entries.");
        }

        var entries = new List<ArchiveEntry>();
        for (long position = End.DirectoryOffset; position < End.Offset;)
        {
            var left = End.Offset - position;
            if (left < DirectoryHeader.FixedLength || entries.Count == End.Entries)
            {
                throw new ArchiveFormatException("The central directory is longer than its entries.");
            }

            var fixedPart = window.Show(position, DirectoryHeader.FixedLength, left);
            if (!fixedPart.StartsWith(DirectoryHeader.Marker))
            {
                throw new ArchiveFormatException("The central directory is damaged.");
            }

            var length = DirectoryHeader.LengthOf(fixedPart);
            if (length > left)
            {
                throw new ArchiveFormatException("The central directory is cut off.");
            }

            var header = new DirectoryHeader(window.Show(position, length, left));
            var entry = new ArchiveEntry(position, length, header.LocalHeaderOffset, header.CompressedSize, header.Name.Length);
            NoteExtraFields(header.ExtraFields);
            if (!IsZip64)
            {
                NoteSignature(header, entries.Count);
                NoteManifest(header, entry);
            }

            if (!IsZip64 && header.Disk != End.Disk)
            {
                throw new ArchiveFormatException("The archive spans several disks.");
            }

            entries.Add(entry);
            position += length;
        }

        if (entries.Count != End.Entries)
        {
            throw new ArchiveFormatException("The central directory has fewer entries than the archive announces.");
        }

        Entries = [.. entries];
    }

    private void ReadLocalHeaders(FileWindow window)
    {
        var signature = _signatureIndex < 0 ? null : Entries[_signatureIndex];
        Array.Sort(Entries, static (left, right) => left.HeaderOffset.CompareTo(right.HeaderOffset));
        for (var index = 0; index < Entries.Length; index++)
        {
            var entry = Entries[index];
            var next = index + 1 < Entries.Length ? Entries[index + 1].HeaderOffset : End.DirectoryOffset;
            if (next - entry.HeaderOffset < LocalHeader.FixedLength + (long)entry.CompressedSize)
            {
                throw new ArchiveFormatException("The entries of the archive overlap, or one lies outside of it.");
            }

            var readAhead = window.Holds(entry.HeaderOffset, LocalHeader.FixedLength) ? 0 : ReadAhead(index);
            var fixedPart = window.Show(entry.HeaderOffset, LocalHeader.FixedLength, readAhead);
            if (!fixedPart.StartsWith(LocalHeader.Marker))
            {
                throw new ArchiveFormatException("An entry of the archive has no local file header.");
            }

            var length = LocalHeader.LengthOf(fixedPart);
            if (next - entry.HeaderOffset < length + (long)entry.CompressedSize)
            {
                throw new ArchiveFormatException("The entries of the archive overlap, or one lies outside of it.");
            }

            var header = new LocalHeader(window.Show(entry.HeaderOffset, length, length));
            NoteExtraFields(header.ExtraFields);
            if (entry.DirectoryOffset == signature?.DirectoryOffset)
            {
                NoteSignature(header, entry, length, next);
            }
        }
    }

    /// <summary>
    /// How much to read for the local header of this entry. Small entries are read with their neighbours;
    /// large ones are skipped, since nobody needs their data here.
    /// </summary>
    private long ReadAhead(int index)
    {
        const int WorthReading = 4096;
        const int ForExtraFields = 64;

        var start = Entries[index].HeaderOffset;
        var end = EndOfHeader(Entries[index]);
        while (++index < Entries.Length
            && Entries[index].HeaderOffset - end < WorthReading
            && EndOfHeader(Entries[index]) - start <= FileWindow.Capacity)
        {
            end = EndOfHeader(Entries[index]);
        }

        return end - start;

        static long EndOfHeader(ArchiveEntry entry) =>
            entry.HeaderOffset + LocalHeader.FixedLength + entry.NameLength + ForExtraFields;
    }

    private void NoteExtraFields(ReadOnlySpan<byte> fields)
    {
        var (hasZip64, isMalformed) = ExtraFields.Inspect(fields);
        IsZip64 |= hasZip64;
        HasMalformedExtraFields |= isMalformed;
    }

    private void NoteSignature(DirectoryHeader header, int index)
    {
        if (!header.Name.SequenceEqual(SignatureName))
        {
            return;
        }

        SignatureCount++;
        if (SignatureCount > 1)
        {
            // Said once: there can be as many as entries.
            if (SignatureCount == 2)
            {
                _signatureDefects.Add($"The package has more than one entry {Archives.SignatureEntry.Name}.");
            }

            return;
        }

        _signatureIndex = index;
        NoteSignatureFields("central directory", header.Flags, header.Method, header.CompressedSize, header.UncompressedSize);
        if (header.ExternalAttributes != 0)
        {
            _signatureDefects.Add($"The central directory header of {Archives.SignatureEntry.Name} has external attributes ({header.ExternalAttributes}).");
        }
    }

    private void NoteSignature(LocalHeader header, ArchiveEntry entry, int headerLength, long next)
    {
        NoteSignatureFields("local file", header.Flags, header.Method, header.CompressedSize, header.UncompressedSize);
        if (!header.Name.SequenceEqual(SignatureName))
        {
            _signatureDefects.Add($"The local file header of {Archives.SignatureEntry.Name} has another name.");
        }

        // NuGet reads as many bytes as the local header says, whatever lies there.
        if (header.UncompressedSize != entry.CompressedSize)
        {
            _signatureDefects.Add($"The two headers of {Archives.SignatureEntry.Name} state different sizes.");
        }

        SignatureEntry = new SignatureEntry(
            entry.HeaderOffset,
            next - entry.HeaderOffset,
            entry.HeaderOffset + headerLength,
            header.UncompressedSize,
            entry.DirectoryOffset,
            entry.DirectoryLength);
    }

    private void NoteSignatureFields(string which, ushort flags, ushort method, uint compressedSize, uint uncompressedSize)
    {
        if (flags != 0)
        {
            _signatureDefects.Add($"The {which} header of {Archives.SignatureEntry.Name} has general purpose bits set ({flags}).");
        }

        if (method != 0)
        {
            _signatureDefects.Add($"The {which} header of {Archives.SignatureEntry.Name} says that it is compressed (method {method}).");
        }

        if (compressedSize != uncompressedSize)
        {
            _signatureDefects.Add($"The {which} header of {Archives.SignatureEntry.Name} states a compressed size of {compressedSize} and a size of {uncompressedSize}.");
        }
    }

    private void NoteManifest(DirectoryHeader header, ArchiveEntry entry)
    {
        var name = header.Name;
        if (name.Length > 7
            && name.IndexOfAny((byte)'/', (byte)'\\') < 0
            && Ascii.EqualsIgnoreCase(name[^7..], ".nuspec"u8))
        {
            ManifestCount++;
            Manifest = ManifestCount == 1 ? entry : null;
        }
    }
}
