using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Signing;

/// <summary>
/// The new content of a package, written beside it as <c>&lt;name&gt;.&lt;random&gt;.tmp</c> and renamed over it when it is good.
/// Whatever happens before that leaves the package as it was; disposing removes what was not committed.
/// </summary>
internal sealed class TemporaryPackage : IDisposable
{
    private const int RandomLength = 12;
    private const int MostAttempts = 5;

    private readonly string _target;
    private bool _committed;

    private TemporaryPackage(string target, string path, SafeFileHandle handle)
    {
        _target = target;
        Path = path;
        Handle = handle;
    }

    /// <summary>The temporary file.</summary>
    public string Path { get; }

    /// <summary>
    /// Open until the rename, for writing until <see cref="EndWriting"/>. Others may read and rename it; the lock that .NET keeps
    /// on it on Unix, and the handle on Windows, tell <see cref="RemoveAbandoned"/> that somebody still works on it.
    /// </summary>
    public SafeFileHandle Handle { get; private set; }

    /// <summary>Creates an empty temporary file beside <paramref name="package"/>, readable by whoever may read the package.</summary>
    public static TemporaryPackage CreateFor(string package)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = $"{package}.{Guid.NewGuid().ToString("N")[..RandomLength]}.tmp";
            try
            {
                var handle = Create(path, new FileInfo(package).Length);
                if (OperatingSystem.IsWindows())
                {
                    return new TemporaryPackage(package, path, handle);
                }

                // While it is still empty: nobody reads from it what they may not read from the package.
                File.SetUnixFileMode(handle, File.GetUnixFileMode(package));
                if (File.Exists(path))
                {
                    return new TemporaryPackage(package, path, handle);
                }

                handle.Dispose();
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(package))
            {
                // On Unix a file is there a moment before it is locked, and another build may take it for abandoned in that moment.
                continue;
            }

            if (attempt == MostAttempts)
            {
                throw new IOException($"other programs keep removing the temporary files beside {package}");
            }
        }
    }

    // With its space reserved a large file is written in half the time, and ext4 need not bring all of it to the disk within the
    // rename. A full disk is found before anything is written.
    private static SafeFileHandle Create(string path, long length) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous, length);

    /// <summary>Removes what builds left that were killed while they signed <paramref name="package"/>.</summary>
    public static void RemoveAbandoned(string package)
    {
        var directory = System.IO.Path.GetDirectoryName(package)!;
        var prefix = System.IO.Path.GetFileName(package) + ".";
        foreach (var path in Directory.EnumerateFiles(directory, prefix + "*.tmp"))
        {
            var random = System.IO.Path.GetFileName(path)[prefix.Length..^".tmp".Length];
            if (random.Length != RandomLength || !random.All(char.IsAsciiHexDigitLower))
            {
                continue;
            }

            try
            {
                using var exclusive = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another build still writes it; it will remove it.
            }
        }
    }

    /// <summary>Leaves the file open for reading alone. Windows opens it for no reader that forbids writing while somebody may write.</summary>
    public void EndWriting()
    {
        // First the new handle: without any, another build would take the file for abandoned.
        var reading = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Handle.Dispose();
        Handle = reading;
    }

    /// <summary>Renames it over the package. On one volume a rename is atomic: a reader sees the old file or the new one.</summary>
    /// <returns>Size and time of the file that is the package now.</returns>
    public FileStamp Commit()
    {
        File.Move(Path, _target, overwrite: true);
        _committed = true;
        return new FileStamp(RandomAccess.GetLength(Handle), File.GetLastWriteTimeUtc(Handle));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_committed)
        {
            File.Delete(Path);
        }

        Handle.Dispose();
    }
}
