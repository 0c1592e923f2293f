using Microsoft.Win32.SafeHandles;
using Sign.Build.Core.Archives;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>Short forms of what most tests do with an archive.</summary>
internal static class ArchiveFile
{
    public static async Task<byte[]> SignedAsync(this PackageArchive archive, byte[] signature, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var path = archive.Path + ".signed";
        using (var destination = Create(path))
        {
            await archive.WriteSignedAsync(destination, signature, time, cancellationToken);
        }

        return await TakeAsync(path, cancellationToken);
    }

    public static async Task<byte[]> UnsignedAsync(this PackageArchive archive, CancellationToken cancellationToken)
    {
        var path = archive.Path + ".unsigned";
        using (var destination = Create(path))
        {
            await archive.WriteUnsignedAsync(destination, cancellationToken);
        }

        return await TakeAsync(path, cancellationToken);
    }

    public static PackageArchive Open(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return PackageArchive.Open(path);
    }

    public static SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);

    private static async Task<byte[]> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        File.Delete(path);
        return content;
    }
}
