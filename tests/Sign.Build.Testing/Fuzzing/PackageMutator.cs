using System.Buffers.Binary;

namespace Sign.Build.Testing;

/// <summary>
/// Changes a signed package in one way per number: single bits, truncations, insertions, removals, and edits of the zip structure.
/// The same seed and number give the same change.
/// </summary>
public sealed class PackageMutator
{
    private readonly byte[] _original;
    private readonly int _seed;
    private readonly ZipLayout _layout;
    private readonly IReadOnlyList<int> _headers;
    private readonly int _signatureStart;
    private readonly int _signatureEnd;

    /// <param name="original">A package whose signature is its last entry.</param>
    /// <param name="seed">Chooses one sequence of changes.</param>
    public PackageMutator(byte[] original, int seed)
    {
        _original = original;
        _seed = seed;
        _layout = ZipLayout.Parse(original);
        _headers = [.. ZipLayout.Headers(original.AsSpan(_layout.DirectoryOffset, _layout.EndOffset - _layout.DirectoryOffset)).Select(header => header + _layout.DirectoryOffset)];
        _signatureStart = (int)BinaryPrimitives.ReadUInt32LittleEndian(original.AsSpan(_headers[^1] + 42));
        _signatureEnd = _layout.DirectoryOffset;
    }

    /// <summary>The change with that number.</summary>
    public PackageMutation Create(int number)
    {
        var random = new Random(Mix(_seed, number));
        return random.Next(20) switch
        {
            < 2 => FlipBit(random, 0, _original.Length, "anywhere"),
            < 8 => FlipBit(random, _signatureStart, _signatureEnd, "in the signature entry"),
            < 10 => FlipBit(random, _layout.DirectoryOffset, _original.Length, "in the directory"),
            10 => Truncate(random),
            11 => Insert(random, 0, _original.Length),
            12 => Insert(random, _signatureStart, _signatureEnd),
            13 => Remove(random),
            14 => Overwrite(random),
            15 => Duplicate(random),
            16 => SetField(random, _headers[random.Next(_headers.Count)], DirectoryFields, "directory header"),
            17 => SetField(random, LocalOffset(random.Next(_headers.Count)), LocalFields, "local header"),
            18 => SetField(random, _layout.EndOffset, EndFields, "end record"),
            _ => EditStructure(random),
        };
    }

    // Random gives similar sequences for neighbouring seeds.
    private static int Mix(int seed, int number)
    {
        var value = unchecked(((ulong)(uint)seed << 32) + (ulong)(uint)number + 0x9E3779B97F4A7C15);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return (int)(value >> 33);
    }

    // Offset and length of the fixed fields.
    private static (int Offset, int Length)[] DirectoryFields =>
        [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2), (14, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (34, 2), (36, 2), (38, 4), (42, 4)];

    private static (int Offset, int Length)[] LocalFields =>
        [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)];

    private static (int Offset, int Length)[] EndFields => [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)];

    private int LocalOffset(int entry) => (int)BinaryPrimitives.ReadUInt32LittleEndian(_original.AsSpan(_headers[entry] + 42));

    private PackageMutation FlipBit(Random random, int start, int end, string where)
    {
        var at = random.Next(start, end);
        var bit = random.Next(8);
        byte[] bytes = [.. _original];
        bytes[at] ^= (byte)(1 << bit);
        return new PackageMutation(PackageMutationKind.Bit, $"bit {bit} of byte {at} {where}", bytes);
    }

    private PackageMutation Truncate(Random random)
    {
        var length = random.Next(2) == 0 ? random.Next(_original.Length) : _original.Length - 1 - random.Next(64);
        return new PackageMutation(PackageMutationKind.Truncation, $"truncated to {length}", _original[..length]);
    }

    private PackageMutation Insert(Random random, int start, int end)
    {
        var at = random.Next(start, end + 1);
        var inserted = new byte[random.Next(1, 17)];
        random.NextBytes(inserted);
        return new PackageMutation(PackageMutationKind.Insertion, $"inserted {Convert.ToHexString(inserted)} at {at}", [.. _original[..at], .. inserted, .. _original[at..]]);
    }

    private PackageMutation Remove(Random random)
    {
        var at = random.Next(_original.Length);
        var count = Math.Min(random.Next(1, 17), _original.Length - at);
        return new PackageMutation(PackageMutationKind.Removal, $"removed {count} at {at}", [.. _original[..at], .. _original[(at + count)..]]);
    }

    private PackageMutation Overwrite(Random random)
    {
        var at = random.Next(_original.Length);
        var count = Math.Min(random.Next(2, 65), _original.Length - at);
        byte[] bytes = [.. _original];
        random.NextBytes(bytes.AsSpan(at, count));
        return new PackageMutation(PackageMutationKind.Overwriting, $"overwrote {count} at {at}", bytes);
    }

    private PackageMutation Duplicate(Random random)
    {
        var at = random.Next(_original.Length);
        var count = Math.Min(random.Next(1, 257), _original.Length - at);
        return new PackageMutation(PackageMutationKind.Doubling, $"doubled {count} at {at}", [.. _original[..(at + count)], .. _original[at..]]);
    }

    private PackageMutation SetField(Random random, int start, (int Offset, int Length)[] fields, string where)
    {
        var (offset, length) = fields[random.Next(fields.Length)];
        byte[] bytes = [.. _original];
        var field = bytes.AsSpan(start + offset, length);
        Span<byte> wide = stackalloc byte[4];
        field.CopyTo(wide);
        var old = BinaryPrimitives.ReadUInt32LittleEndian(wide);
        var value = random.Next(6) switch
        {
            0 => 0u,
            1 => uint.MaxValue,
            2 => old + 1,
            3 => old - 1,
            4 => old ^ 0x8000u,
            _ => (uint)random.NextInt64(uint.MaxValue),
        };
        BinaryPrimitives.WriteUInt32LittleEndian(wide, value);
        wide[..length].CopyTo(field);
        return new PackageMutation(PackageMutationKind.Field, $"{where} at {start}: field {offset} from {old} to {value}", bytes);
    }

    /// <summary>Changes that keep the archive consistent for a reader.</summary>
    private PackageMutation EditStructure(Random random) => random.Next(6) switch
    {
        0 => SwapDirectoryHeaders(random),
        1 => DropDirectoryHeader(random),
        2 => DoubleDirectoryHeader(random),
        3 => AddComment(random),
        4 => AddGap(random),
        _ => RenameEntry(random),
    };

    private PackageMutation SwapDirectoryHeaders(Random random)
    {
        var order = Enumerable.Range(0, _headers.Count).ToArray();
        random.Shuffle(order);
        return new PackageMutation(PackageMutationKind.DirectoryOrder, $"directory in the order {string.Join(',', order)}", WithDirectory(order));
    }

    private PackageMutation DropDirectoryHeader(Random random)
    {
        var dropped = random.Next(_headers.Count);
        return new PackageMutation(PackageMutationKind.DirectoryEntries, $"directory without header {dropped}", WithDirectory([.. Enumerable.Range(0, _headers.Count).Where(header => header != dropped)]));
    }

    private PackageMutation DoubleDirectoryHeader(Random random)
    {
        var doubled = random.Next(_headers.Count);
        return new PackageMutation(PackageMutationKind.DirectoryEntries, $"directory with header {doubled} twice", WithDirectory([.. Enumerable.Range(0, _headers.Count), doubled]));
    }

    private PackageMutation AddComment(Random random)
    {
        var comment = new byte[random.Next(1, 40)];
        random.NextBytes(comment);
        byte[] bytes = [.. _original, .. comment];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(_layout.EndOffset + 20), (ushort)comment.Length);
        return new PackageMutation(PackageMutationKind.Comment, $"comment of {comment.Length}", bytes);
    }

    private PackageMutation AddGap(Random random)
    {
        var gap = new byte[random.Next(1, 40)];
        random.NextBytes(gap);
        var entry = random.Next(_headers.Count + 1);
        var at = entry == _headers.Count ? _layout.DirectoryOffset : LocalOffset(entry);
        byte[] bytes = [.. _original[..at], .. gap, .. _original[at..]];
        foreach (var header in _headers)
        {
            var field = bytes.AsSpan(header + gap.Length + 42);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(field);
            BinaryPrimitives.WriteUInt32LittleEndian(field, offset >= at ? offset + (uint)gap.Length : offset);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(_layout.EndOffset + gap.Length + 16), (uint)(_layout.DirectoryOffset + gap.Length));
        return new PackageMutation(
            entry == _headers.Count ? PackageMutationKind.GapAfterSignature : PackageMutationKind.Gap, $"gap of {gap.Length} at {at}, before entry {entry}", bytes);
    }

    private PackageMutation RenameEntry(Random random)
    {
        var entry = random.Next(_headers.Count);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(_original.AsSpan(_headers[entry] + 28));
        var at = random.Next(length);
        byte[] bytes = [.. _original];
        bytes[_headers[entry] + 46 + at] ^= 0x20;
        bytes[LocalOffset(entry) + 30 + at] ^= 0x20;
        return new PackageMutation(PackageMutationKind.Name, $"letter {at} of entry {entry}'s name in other case", bytes);
    }

    private byte[] WithDirectory(int[] headers)
    {
        var directory = new List<byte>();
        foreach (var header in headers)
        {
            var end = header + 1 < _headers.Count ? _headers[header + 1] : _layout.EndOffset;
            directory.AddRange(_original[_headers[header]..end]);
        }

        var endRecord = _original[_layout.EndOffset..];
        BinaryPrimitives.WriteUInt16LittleEndian(endRecord.AsSpan(8), (ushort)headers.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(endRecord.AsSpan(10), (ushort)headers.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(endRecord.AsSpan(12), (uint)directory.Count);
        return [.. _original[.._layout.DirectoryOffset], .. directory, .. endRecord];
    }
}
