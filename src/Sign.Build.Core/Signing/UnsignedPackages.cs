using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Signing;

/// <summary>What becomes of packages when the build fails after Pack has written them and before they are signed.</summary>
public static class UnsignedPackages
{
    /// <summary>Quarantines what should have been signed and is not.</summary>
    /// <param name="settings">Say whether anything would have been signed, and whether the user keeps rejected packages.</param>
    /// <param name="paths">Absolute paths of packages; one that does not exist is passed over.</param>
    /// <param name="log">Gets a line, and SGN3005 for a file that cannot be renamed.</param>
    public static void Reject(SignBuildSettings settings, IEnumerable<string> paths, ISignBuildLog log)
    {
        if (settings.Mode != SigningMode.Auto || SigningIdentitySources.Select(settings.Certificate, TimeProvider.System) is not null)
        {
            Reject(settings.RejectedPackages, paths, log);
        }
    }

    /// <summary>As above, where the settings cannot be read and so nothing says that the packages may stay unsigned.</summary>
    public static void Reject(RejectedPackageBehavior behavior, IEnumerable<string> paths, ISignBuildLog log)
    {
        string[] unsigned = [.. paths.Distinct().Where(IsUnsigned)];
        if (unsigned.Length > 0 && behavior == RejectedPackageBehavior.Quarantine)
        {
            PackageBatch.QuarantineAll(behavior, unsigned, log);
            log.Important($"The build failed before its packages were signed; {string.Join(", ", unsigned.Select(Path.GetFileName))} got the extension {Quarantine.Extension}.");
        }
    }

    // A target that failed while it rewrote the package may have left anything under its name.
    private static bool IsUnsigned(string path)
    {
        try
        {
            using var archive = PackageArchive.Open(path);
            return archive.SignatureEntry is null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is ArchiveFormatException or IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
