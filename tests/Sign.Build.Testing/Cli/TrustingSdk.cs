namespace Sign.Build.Testing.Cli;

/// <summary>
/// The .NET SDK of this machine, in a folder of its own that trusts further roots beside the real ones. That is the only way
/// to let <c>dotnet nuget</c>, and nuget.org's policy, accept a certificate that nobody paid for; nothing installed is changed.
/// </summary>
public sealed class TrustingSdk
{
    private TrustingSdk(string dotnet, string directory)
    {
        DotNet = dotnet;
        Directory = directory;
    }

    /// <summary>
    /// Whether NuGet looks at the SDK's roots. On Windows, and where the system has a bundle for code signing, it looks only there.
    /// </summary>
    public static bool IsPossible => NuGetOracle.IsUsable;

    /// <summary>The program.</summary>
    public string DotNet { get; }

    /// <summary>The folder of the SDK, with <c>trustedroots</c>.</summary>
    public string Directory { get; }

    /// <summary>Makes it. Files that a process starts from are copied, since a link would lead back to the original; the rest is linked.</summary>
    public static TrustingSdk Create(string sdkDirectory, string target, string rootsPem)
    {
        var installation = Path.GetFullPath(Path.Combine(sdkDirectory, "..", ".."));
        var dotnet = Path.Combine(target, "dotnet");
        var sdk = Path.Combine(target, "sdk", Path.GetFileName(Path.TrimEndingDirectorySeparator(sdkDirectory)));
        System.IO.Directory.CreateDirectory(sdk);
        File.Copy(Path.Combine(installation, "dotnet"), dotnet);
        foreach (var folder in System.IO.Directory.GetDirectories(installation).Where(static folder => Path.GetFileName(folder) != "sdk"))
        {
            System.IO.Directory.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(folder)), folder);
        }

        foreach (var file in System.IO.Directory.GetFiles(sdkDirectory))
        {
            File.Copy(file, Path.Combine(sdk, Path.GetFileName(file)));
        }

        foreach (var folder in System.IO.Directory.GetDirectories(sdkDirectory).Where(static folder => Path.GetFileName(folder) != "trustedroots"))
        {
            System.IO.Directory.CreateSymbolicLink(Path.Combine(sdk, Path.GetFileName(folder)), folder);
        }

        foreach (var bundle in (string[])["codesignctl.pem", "timestampctl.pem"])
        {
            var trusted = System.IO.Directory.CreateDirectory(Path.Combine(sdk, "trustedroots")).FullName;
            File.WriteAllText(Path.Combine(trusted, bundle), File.ReadAllText(Path.Combine(sdkDirectory, "trustedroots", bundle)) + "\n" + rootsPem);
        }

        return new TrustingSdk(dotnet, sdk);
    }
}
