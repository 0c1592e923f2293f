namespace Sign.Build.Core.Archives;

/// <summary>Bytes of a file from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
internal readonly record struct FileRange(long Start, long End)
{
    public long Length => End - Start;

    /// <summary>What is left of this range without <paramref name="removed"/>, which lies within it: at most two ranges.</summary>
    public IReadOnlyList<FileRange> Without(FileRange removed) =>
        [.. new[] { new FileRange(Start, removed.Start), new FileRange(removed.End, End) }.Where(range => range.Length > 0)];
}
