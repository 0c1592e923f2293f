namespace Sign.Build.Core.Signing;

/// <summary>Takes a package that could not be signed, or was rejected, out of the way of every push.</summary>
public static class Quarantine
{
    /// <summary>What is added to the name of a rejected package.</summary>
    public const string Extension = ".rejected";

    /// <summary>Renames the package to <c>&lt;name&gt;.nupkg.rejected</c>, over an older one. Does nothing when it is gone already.</summary>
    /// <returns>The new name, or null.</returns>
    /// <exception cref="SignBuildException">SGN3005: the file could not be renamed.</exception>
    public static string? Apply(string package)
    {
        var rejected = package + Extension;
        try
        {
            File.Move(package, rejected, overwrite: true);
            return rejected;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(package, "the unsigned package could not be renamed to " + rejected + ": " + e.Message), e);
        }
    }
}
