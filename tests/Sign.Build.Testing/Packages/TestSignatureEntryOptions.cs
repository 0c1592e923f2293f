namespace Sign.Build.Testing;

/// <summary>What the zip entry of a signature looks like. The initial values give what NuGet writes.</summary>
public sealed record TestSignatureEntryOptions
{
    public string Name { get; init; } = ".signature.p7s";

    public ushort Flags { get; init; }

    /// <summary>Flags of the local header, where they differ from the directory's.</summary>
    public ushort? LocalFlags { get; init; }

    /// <summary>0 stored, 8 deflated (the data is really deflated then).</summary>
    public ushort Method { get; init; }

    /// <summary>Says that the entry is stored, whatever it is (directory header).</summary>
    public ushort? DirectoryMethod { get; init; }

    public ushort VersionMadeBy { get; init; } = 20;

    public ushort VersionNeeded { get; init; } = 20;

    public uint ExternalAttributes { get; init; }

    public ushort InternalAttributes { get; init; }

    /// <summary>Null: the right one.</summary>
    public uint? Crc { get; init; }

    /// <summary>DOS time and date.</summary>
    public uint DosTime { get; init; } = 0x58210000;

    /// <summary>Added to the uncompressed size in both headers.</summary>
    public int UncompressedSizeError { get; init; }

    /// <summary>Added to the uncompressed size in the directory header only.</summary>
    public int DirectoryUncompressedSizeError { get; init; }

    /// <summary>Extra field of both headers.</summary>
    public byte[] Extra { get; init; } = [];

    /// <summary>Comment of the directory header.</summary>
    public byte[] Comment { get; init; } = [];

    /// <summary>How often the entry is written.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Writes the signature before all other entries instead of after them.</summary>
    public bool First { get; init; }
}
