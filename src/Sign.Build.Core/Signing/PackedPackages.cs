using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace Sign.Build.Core.Signing;

/// <summary>
/// Which files Pack really wrote. NuGet announces its output before it packs, and announces a wrong name where a .nuspec
/// file decides id or version, or where names are without version (https://github.com/NuGet/Home/issues/14711).
/// </summary>
public static class PackedPackages
{
    private const string PackageExtension = ".nupkg";

    /// <summary>Finds the packages among Pack's announced output files.</summary>
    /// <param name="announced">Absolute paths out of <c>NuGetPackOutput</c>: packages, symbol packages, .nuspec files.</param>
    /// <param name="includeSymbols">Take symbol packages, too.</param>
    /// <param name="packageId">Id that the project packs.</param>
    /// <param name="nuspecFile">Absolute path of the .nuspec file that the project packs, or null.</param>
    /// <param name="nuspecProperties">Values for the tokens in that file, <c>name=value;name=value</c>.</param>
    /// <returns>The packages. One that is announced, absent, and not found under another name is returned as announced: its absence is an error for whoever signs.</returns>
    public static IReadOnlyList<string> Find(
        IEnumerable<string> announced, bool includeSymbols, string packageId, string? nuspecFile, string nuspecProperties)
    {
        var packages = new List<string>();
        foreach (var path in announced)
        {
            var isSymbols = IsSymbolPackage(path);
            if (isSymbols ? includeSymbols : path.EndsWith(PackageExtension, StringComparison.OrdinalIgnoreCase))
            {
                packages.Add(Newest(path, RealName(path, isSymbols, packageId, nuspecFile, nuspecProperties)));
            }
        }

        return packages;
    }

    /// <summary>True for <c>.snupkg</c> and <c>.symbols.nupkg</c>.</summary>
    public static bool IsSymbolPackage(string path) =>
        path.EndsWith(".snupkg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".symbols.nupkg", StringComparison.OrdinalIgnoreCase);

    // A file of the announced name may be left from an earlier pack; what a .nuspec file names was written later then.
    private static string Newest(string announced, string? real) =>
        real is null || (File.Exists(announced) && File.GetLastWriteTimeUtc(announced) >= File.GetLastWriteTimeUtc(real)) ? announced : real;

    private static string? RealName(string announced, bool isSymbols, string packageId, string? nuspecFile, string nuspecProperties)
    {
        var directory = Path.GetDirectoryName(announced)!;
        var extension = !isSymbols ? PackageExtension : announced.EndsWith(".snupkg", StringComparison.OrdinalIgnoreCase) ? ".snupkg" : ".symbols.nupkg";
        var identity = nuspecFile is null ? null : ReadIdentity(nuspecFile, nuspecProperties);
        string[] names = identity is null
            ? (File.Exists(announced) ? [] : [packageId])
            : [identity.Id + "." + identity.Version.ToNormalizedString(), identity.Id + "." + identity.Version.ToString(), identity.Id];
        return names.Select(name => Path.Combine(directory, name + extension)).FirstOrDefault(File.Exists);
    }

    private static PackageIdentity? ReadIdentity(string nuspecFile, string nuspecProperties)
    {
        var values = nuspecProperties.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.OrdinalIgnoreCase);
        try
        {
            using var stream = File.OpenRead(nuspecFile);
            var metadata = Manifest.ReadFrom(stream, name => values.GetValueOrDefault(name) ?? "", validateSchema: false).Metadata;
            return metadata.Id is null || metadata.Version is null ? null : new PackageIdentity(metadata.Id, metadata.Version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Xml.XmlException
            or ArgumentException or FormatException or PackagingException || e.GetType() == typeof(Exception))
        {
            // A value that is missing is a plain Exception in NuGet.
            // Pack reads the same file and has said what is wrong with it; here it only means that no name is known.
            return null;
        }
    }
}
