namespace Sign.Build.Testing.Cli;

/// <summary>
/// What the package tests of one run share: the packed Sign.Build, one package cache and one home folder, far from those of
/// the user. Package versions are unique per build of Sign.Build, and the cache is new in every run, so nothing in it is stale.
/// </summary>
public sealed class TestSession : IDisposable
{
    private static readonly string[] Inherited =
    [
        "PATH", "TMPDIR", "TMP", "TEMP", "LANG", "DOTNET_ROOT", "SSL_CERT_DIR", "SSL_CERT_FILE",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "ProgramFiles", "ProgramFiles(x86)", "ProgramData",
        "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
    ];

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Starts a run with this Sign.Build.</summary>
    public TestSession(PackedSignBuild package)
    {
        Package = package;
        Directory.CreateDirectory(_directory["home"]);
    }

    /// <summary>The Sign.Build under test.</summary>
    public PackedSignBuild Package { get; }

    /// <summary>The home folder of all processes of this run. The development authority is below it.</summary>
    public string Home => _directory["home"];

    /// <summary>
    /// The whole environment of a <c>dotnet</c> process. Made from nothing: variables of the test host (MSBuild's, VSTest's),
    /// of a CI and of the user would change what is tested.
    /// </summary>
    public Dictionary<string, string?> CreateEnvironment()
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => !Inherited.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(name => name, string? (_) => null);
        environment["HOME"] = Home;
        environment["USERPROFILE"] = Home;
        environment["LOCALAPPDATA"] = Path.Combine(Home, "AppData", "Local");
        environment["APPDATA"] = Path.Combine(Home, "AppData", "Roaming");
        environment["DOTNET_CLI_HOME"] = Home;
        environment["NUGET_PACKAGES"] = _directory["packages"];
        environment["NUGET_HTTP_CACHE_PATH"] = _directory["http-cache"];
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        environment["DOTNET_NOLOGO"] = "1";
        return environment;
    }

    /// <summary>Removes cache and home folder.</summary>
    public void Dispose() => _directory.Dispose();
}
