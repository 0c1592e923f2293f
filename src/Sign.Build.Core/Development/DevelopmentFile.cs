using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Core.Development;

/// <summary>
/// The file that holds a development authority: PEM after two lines of text, one of them the hash of the rest.
/// One file and not six, so that a rename replaces the whole authority or nothing.
/// </summary>
internal static class DevelopmentFile
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerBits = OwnerOnlyDirectory;
    private const string Title = "Sign.Build development authority 1. Throw-away keys, not trusted by anything else; delete this file to get new ones.";
    private const string HashLabel = "SHA-256 of the rest: ";
    private const string CertificateLabel = "CERTIFICATE";
    private const string KeyLabel = "PRIVATE KEY";
    private const int MaximumLength = 64 * 1024;

    /// <summary>Reads the authority; null where there is none, or none that can be used and trusted.</summary>
    public static async Task<DevelopmentCertificates?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!IsPrivateDirectory(Path.GetDirectoryName(path)!))
        {
            return null;
        }

        try
        {
            var stream = new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            });
            await using (stream.ConfigureAwait(false))
            {
                if (!IsOwnerOnly(stream) || stream.Length > MaximumLength)
                {
                    return null;
                }

                var content = new byte[stream.Length];
                var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return Parse(Encoding.ASCII.GetString(content, 0, length));
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts the authority in the place of what is there. The caller holds the lock.</summary>
    public static async Task WriteAsync(string path, DevelopmentCertificates certificates, CancellationToken cancellationToken)
    {
        var temporary = path + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            var stream = OpenOwnerOnly(temporary, FileMode.CreateNew, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Format(certificates)), cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Makes the directory, or closes it for others. What lay in a directory that others could write to is not trusted:
    /// the file is deleted, and the closing comes before any new key is written.
    /// </summary>
    public static void PrepareDirectory(string directory, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // The profile's access control list lets in the user, the system and administrators.
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnerOnlyDirectory);
        if (!IsPrivateDirectory(directory))
        {
            File.SetUnixFileMode(directory, OwnerOnlyDirectory);
            File.Delete(path);
        }
    }

    /// <summary>Waits until this process alone may write the authority. Dispose the result to let others in; the end of the process does it too.</summary>
    /// <exception cref="IOException">Another process held the lock all the time.</exception>
    public static async Task<IDisposable> LockAsync(string directory, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, "lock");
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenOwnerOnly(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException)
                && File.Exists(path) && TimeProvider.System.GetElapsedTime(started) < timeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    internal static string Format(DevelopmentCertificates certificates)
    {
        var body = new StringBuilder();
        foreach (var (certificate, privateKey) in (DevelopmentCertificate[])[certificates.Root, certificates.CodeSigning, certificates.Timestamping])
        {
            body.Append(PemEncoding.WriteString(CertificateLabel, certificate)).Append('\n');
            body.Append(PemEncoding.WriteString(KeyLabel, privateKey)).Append('\n');
        }

        return Title + "\n" + HashLabel + Hash(body.ToString()) + "\n" + body;
    }

    internal static DevelopmentCertificates? Parse(string text)
    {
        var head = Title + "\n" + HashLabel;
        var bodyStart = head.Length + (SHA256.HashSizeInBytes * 2) + 1;
        if (!text.StartsWith(head, StringComparison.Ordinal) || text.Length <= bodyStart)
        {
            return null;
        }

        var body = text[bodyStart..];
        if (!text.AsSpan(head.Length, SHA256.HashSizeInBytes * 2).SequenceEqual(Hash(body)))
        {
            return null;
        }

        var blocks = new List<byte[]>();
        var rest = body.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = blocks.Count % 2 == 0 ? CertificateLabel : KeyLabel;
            if (!rest[fields.Label].SequenceEqual(label))
            {
                return null;
            }

            blocks.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            rest = rest[fields.Location.End..];
        }

        return blocks.Count == 6
            ? new DevelopmentCertificates(new(blocks[0], blocks[1]), new(blocks[2], blocks[3]), new(blocks[4], blocks[5]))
            : null;
    }

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)));

    private static bool IsPrivateDirectory(string directory) =>
        OperatingSystem.IsWindows() || !Directory.Exists(directory) || (File.GetUnixFileMode(directory) & ~OwnerBits) == 0;

    private static bool IsOwnerOnly(FileStream stream) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(stream.SafeFileHandle) & ~OwnerBits) == 0;

    private static FileStream OpenOwnerOnly(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Access = FileAccess.Write,
            Mode = mode,
            Share = share,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            // At creation and not afterwards: there is no moment in which others can open the file.
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return new FileStream(path, options);
    }
}
