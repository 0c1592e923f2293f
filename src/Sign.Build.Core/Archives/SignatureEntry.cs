namespace Sign.Build.Core.Archives;

/// <summary>Where the entry <c>.signature.p7s</c> lies in a package file.</summary>
/// <param name="HeaderOffset">Position of its local file header.</param>
/// <param name="TotalLength">
/// Bytes from there to the next entry or to the central directory. All of them are left out of the content hash, as NuGet does.
/// </param>
/// <param name="DataOffset">Position of the signature itself.</param>
/// <param name="DataLength">Length of the signature, as its local file header states it.</param>
/// <param name="DirectoryOffset">Position of its header in the central directory.</param>
/// <param name="DirectoryLength">Length of that header.</param>
public sealed record SignatureEntry(
    long HeaderOffset,
    long TotalLength,
    long DataOffset,
    long DataLength,
    long DirectoryOffset,
    int DirectoryLength)
{
    /// <summary>The name of the entry; another spelling is plain content.</summary>
    public const string Name = ".signature.p7s";
}
