using Sign.Build.Core.Archives;

namespace Sign.Build.Core.Signing;

/// <summary>What can be wrong with a package's file, as diagnostics.</summary>
internal static class PackageAccess
{
    /// <summary>Removes what an earlier build left beside the package, opens it, and runs <paramref name="work"/> on it.</summary>
    /// <exception cref="SignBuildException">SGN3001, SGN3002, SGN3005, or what the work throws.</exception>
    public static async Task<T> WithArchiveAsync<T>(string path, Func<PackageArchive, Task<T>> work)
    {
        try
        {
            TemporaryPackage.RemoveAbandoned(path);
            using var archive = PackageArchive.Open(path);
            return await work(archive).ConfigureAwait(false);
        }
        catch (ArchiveFormatException e)
        {
            throw new SignBuildException(Diagnostics.UnreadablePackage(path, e.Message.TrimEnd('.')), e);
        }
        catch (Exception e) when ((e is FileNotFoundException or DirectoryNotFoundException) && !File.Exists(path))
        {
            throw new SignBuildException(Diagnostics.PackageMissing(path), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(path, e.Message), e);
        }
    }
}
