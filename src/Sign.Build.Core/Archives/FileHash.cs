using System.Buffers;
using System.Security.Cryptography;

namespace Sign.Build.Core.Archives;

/// <summary>Hash of a whole file, whatever is in it.</summary>
internal static class FileHash
{
    private const int BlockLength = 256 * 1024;

    /// <summary>SHA-256, lower-case hex.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Sha256(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            long position = 0;
            for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
