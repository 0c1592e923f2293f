namespace Sign.Build.Core.Archives;

/// <summary>Bytes of a file from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
internal sealed record FileRange(long Start, long End)
{
    public long Length => End - Start;

    /// <summary>What is left of this range without <paramref name="removed"/>, which lies within it: at most two ranges.</summary>
    public IReadOnlyList<FileRange> Without(FileRange removed) =>
        [.. new FileRange[] { new(Start, removed.Start), new(removed.End, End) }.Where(range => range.Length > 0)];
}
