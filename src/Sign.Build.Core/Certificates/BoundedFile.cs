using System.Security.Cryptography;

namespace Sign.Build.Core.Certificates;

/// <summary>Reads small files that a user named, and says in one sentence what is wrong with them.</summary>
internal static class BoundedFile
{
    /// <summary>Far above any PFX, key or bundle of roots; a package named by mistake does not fill the memory.</summary>
    internal const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>The bytes of <paramref name="path"/>. The caller zeroes them where they hold a secret.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="setting">The property or item that names the file.</param>
    /// <exception cref="SignBuildException">SGN2001 where there is no such file, else SGN2002.</exception>
    public static byte[] Read(string path, string setting)
    {
        if (Directory.Exists(path))
        {
            throw Unreadable($"Set {setting} to a file: '{path}' is a folder.");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return ReadBounded(stream)
                ?? throw Unreadable($"Set {setting} to a certificate: '{path}' has more than {MaximumLength} bytes.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SignBuildException(
                Diagnostics.CertificateNotFound($"file '{path}'", $"Correct {setting}: the file '{path}' does not exist."), exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unreadable($"Let the user '{Environment.UserName}', who runs this build, read '{path}' ({setting}): access is denied.", exception);
        }
        catch (IOException exception)
        {
            throw Unreadable($"Check {setting}: reading '{path}' failed: {SafeText.Line(exception.Message)}", exception);
        }

        SignBuildException Unreadable(string fix, Exception? cause = null) =>
            new(Diagnostics.CertificateUnreadable($"file '{path}'", fix), cause);
    }

    // The length is not asked for: it is zero for pipes, which shells and secret stores like to pass.
    private static byte[]? ReadBounded(FileStream stream)
    {
        var buffer = new byte[64 * 1024];
        using var content = new ZeroedBuffer(buffer.Length);
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                if (content.Length + read > MaximumLength)
                {
                    return null;
                }

                content.Append(buffer.AsSpan(0, read));
            }

            return content.ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    // A MemoryStream would leave its outgrown buffers, with the key in them, to the garbage collector.
    private sealed class ZeroedBuffer(int capacity) : IDisposable
    {
        private byte[] _bytes = new byte[capacity];

        public int Length { get; private set; }

        public void Append(ReadOnlySpan<byte> part)
        {
            if (Length + part.Length > _bytes.Length)
            {
                var larger = new byte[Math.Max(_bytes.Length * 2, Length + part.Length)];
                _bytes.AsSpan(0, Length).CopyTo(larger);
                Dispose();
                _bytes = larger;
            }

            part.CopyTo(_bytes.AsSpan(Length));
            Length += part.Length;
        }

        public byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

        public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
    }
}
