using Sign.Build.Core.Archives;

namespace Sign.Build.Core.Verification;

/// <summary>What the rules need to know about a package, taken from the file once. Everything in it is a stranger's claim.</summary>
public sealed record InspectedPackage
{
    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Number of entries, the signature's included.</summary>
    public required int EntryCount { get; init; }

    /// <summary>Whether the archive uses Zip64. Then nothing else was read.</summary>
    public required bool IsZip64 { get; init; }

    /// <summary>Whether there is a signature entry, readable or not.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>What is wrong before there is a signature to look at: the entry, the CMS, the number of signers.</summary>
    public IReadOnlyList<SignatureDefect> Defects { get; init; } = [];

    /// <summary>The primary signature, or null where there is none or it cannot be read at all.</summary>
    public InspectedSignature? Signature { get; init; }

    /// <summary>What stands out in the names and times of the entries.</summary>
    public ArchiveEntries Entries { get; init; } = new();

    /// <summary>
    /// Hashes of the package without its signature: the one that the signature names, and those that were asked for.
    /// </summary>
    public ContentHashes ContentHashes { get; init; } = ContentHashes.None;
}
