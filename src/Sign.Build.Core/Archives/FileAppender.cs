using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>Writes to a file from a position on.</summary>
internal sealed class FileAppender(SafeFileHandle file, long position)
{
    private long _position = position;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file, bytes, _position);
        _position += bytes.Length;
    }

    public void Append(UnsignedContent content, SafeFileHandle source, IEnumerable<FileRange> ranges, CancellationToken cancellationToken) =>
        content.Read(source, ranges, Append, cancellationToken);
}
