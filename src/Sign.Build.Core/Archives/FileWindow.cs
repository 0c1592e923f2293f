using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>Shows parts of a file through one bounded buffer. Not thread-safe.</summary>
internal sealed class FileWindow : IDisposable
{
    /// <summary>The most that can be shown at once; more than any header with its variable parts.</summary>
    public const int Capacity = 256 * 1024;

    private readonly SafeFileHandle _file;
    private readonly long _fileLength;
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private long _start;
    private int _filled;

    public FileWindow(SafeFileHandle file, long fileLength)
    {
        _file = file;
        _fileLength = fileLength;
    }

    /// <summary>Whether these bytes can be shown without reading.</summary>
    public bool Holds(long offset, int count) => offset >= _start && offset + count <= _start + _filled;

    /// <summary>Shows <paramref name="count"/> bytes; when they must be read, <paramref name="readAhead"/> bytes are read if there are so many.</summary>
    /// <exception cref="ArchiveFormatException">The file ends before.</exception>
    public ReadOnlySpan<byte> Show(long offset, int count, long readAhead)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        if (!Holds(offset, count))
        {
            if (offset < 0 || offset + count > _fileLength)
            {
                throw new ArchiveFormatException("A header lies beyond the end of the file.");
            }

            var wanted = (int)Math.Min(Math.Max(count, Math.Min(readAhead, Capacity)), _fileLength - offset);
            _filled = 0;
            FileBytes.ReadExactly(_file, _buffer.AsSpan(0, wanted), offset);
            _start = offset;
            _filled = wanted;
        }

        return _buffer.AsSpan((int)(offset - _start), count);
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
