using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>Positioned reads, safe on one handle from several threads.</summary>
internal static class FileBytes
{
    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArchiveFormatException">The file is shorter than it was when it was opened.</exception>
    public static void ReadExactly(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                throw new ArchiveFormatException("The file became shorter while it was read.");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }
}
