using System.Reflection;

namespace Sign.Build.Testing.Cli;

/// <summary>
/// The packed Sign.Build that the package tests use, and where the repository lies. The project file of the tests packs it
/// after every build and compiles the places into the assembly, so that nothing is guessed from paths.
/// </summary>
/// <param name="RepositoryRoot">Absolute path of the repository.</param>
/// <param name="Feed">Folder that is the package source.</param>
/// <param name="Version">Version of Sign.Build in it.</param>
/// <param name="SdkVersion">The .NET SDK that built it all, and builds the test projects.</param>
public sealed record PackedSignBuild(string RepositoryRoot, string Feed, string Version, string SdkVersion)
{
    private const string PackagePrefix = "Sign.Build.";

    /// <summary>Absolute path of the package.</summary>
    public string PackagePath => Path.Combine(Feed, PackagePrefix + Version + ".nupkg");

    /// <summary>Where logs of failed tests are kept.</summary>
    public string LogDirectory => Path.Combine(RepositoryRoot, "artifacts", "test-logs");

    /// <summary>Reads what the project file wrote into the test assembly.</summary>
    public static PackedSignBuild From(Assembly assembly)
    {
        var facts = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(fact => fact.Key, fact => fact.Value!);
        var feed = Path.GetFullPath(facts["TestFeed"]);
        var package = Directory.GetFiles(feed, PackagePrefix + "*.nupkg").Single();
        return new PackedSignBuild(
            Path.GetFullPath(facts["RepositoryRoot"]),
            feed,
            Path.GetFileNameWithoutExtension(package)[PackagePrefix.Length..],
            facts["SdkVersion"]);
    }
}
