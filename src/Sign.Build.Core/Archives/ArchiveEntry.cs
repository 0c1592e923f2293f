namespace Sign.Build.Core.Archives;

/// <summary>
/// What is remembered of one entry: where it is, not what it is. A class, as .NET brings collections of classes compiled, and
/// compiles each collection of a struct when it is first used.
/// </summary>
/// <param name="DirectoryOffset">Position of its header in the central directory.</param>
/// <param name="DirectoryLength">Length of that header.</param>
/// <param name="HeaderOffset">Position of its local file header.</param>
/// <param name="CompressedSize">Length of its data, as the central directory states it.</param>
/// <param name="NameLength">Length of its name, to guess the length of the local header.</param>
internal sealed record ArchiveEntry(
    long DirectoryOffset,
    int DirectoryLength,
    long HeaderOffset,
    uint CompressedSize,
    int NameLength);
