namespace Sign.Build.Core.Tests.Archives;

/// <summary>One entry of a zip file, every oddity included.</summary>
public sealed record ZipEntrySpec(string Name, byte[] Data)
{
    public ushort Method { get; init; }

    public ushort Flags { get; init; }

    public ushort? LocalFlags { get; init; }

    public ushort? LocalMethod { get; init; }

    public string? LocalName { get; init; }

    public uint? UncompressedSize { get; init; }

    public uint? LocalUncompressedSize { get; init; }

    public byte[] LocalExtra { get; init; } = [];

    public byte[] DirectoryExtra { get; init; } = [];

    public byte[] Comment { get; init; } = [];

    public uint ExternalAttributes { get; init; }

    public ushort Disk { get; init; }

    /// <summary>Bytes behind the data: a data descriptor, or anything.</summary>
    public byte[] After { get; init; } = [];

    /// <summary>The place of the header in the central directory is the place among these numbers.</summary>
    public int DirectoryOrder { get; init; }
}
