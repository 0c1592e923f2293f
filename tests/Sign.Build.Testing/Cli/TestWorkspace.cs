using System.Globalization;

namespace Sign.Build.Testing.Cli;

/// <summary>
/// A folder of one test outside the repository, with projects in it as users write them. Its stub files end every search for
/// settings in folders above. Each <c>dotnet</c> call leaves its output and its binary log in the folder <c>logs</c>.
/// </summary>
public sealed class TestWorkspace : IDisposable
{
    private readonly TestSession _session;
    private readonly TemporaryDirectory _directory = new();
    private int _calls;

    /// <summary>Makes the folder.</summary>
    /// <param name="session">What it shares with other tests.</param>
    /// <param name="subfolder">Name of the folder in the temporary folder that holds everything, for tests about odd paths.</param>
    public TestWorkspace(TestSession session, string subfolder = "w")
    {
        _session = session;
        Path = _directory[subfolder];
        Environment = session.CreateEnvironment();
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(LogDirectory);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true");
        Write("global.json", $$"""{ "sdk": { "version": "{{session.Package.SdkVersion}}", "rollForward": "disable" } }""");
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="test" value="{session.Package.Feed}" />
              </packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
              <disabledPackageSources><clear /></disabledPackageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>The Sign.Build under test.</summary>
    public PackedSignBuild SignBuild => _session.Package;

    /// <summary>Environment of the calls; a test may add to it.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>The program <c>dotnet</c>; a test may choose another one.</summary>
    public string DotNet { get; set; } = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Output and binary logs of the calls so far.</summary>
    public string LogDirectory => System.IO.Path.Combine(_directory.Path, "logs");

    /// <summary>Absolute path of something in the folder.</summary>
    public string this[params ReadOnlySpan<string> names] => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a text file, given its path relative to the folder, and gives its absolute path.</summary>
    public string Write(string relativePath, string content)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes a file, given its path relative to the folder, and gives its absolute path.</summary>
    public string Write(string relativePath, byte[] content)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>
    /// Writes the project <c>name/name.csproj</c>: a library for net10.0 of version 1.2.3 that references Sign.Build, and then
    /// <paramref name="body"/>, which may override that.
    /// </summary>
    public TestProject AddProject(string name, string body = "") => AddPlainProject(name, $"""
          <ItemGroup>
            <PackageReference Include="Sign.Build" Version="{SignBuild.Version}" PrivateAssets="all" />
          </ItemGroup>
          {body}
        """);

    /// <summary>The same without the reference to Sign.Build.</summary>
    public TestProject AddPlainProject(string name, string body = "")
    {
        var path = Write(System.IO.Path.Combine(name, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>1.2.3</Version>
              </PropertyGroup>
              {body}
            </Project>
            """);
        return new TestProject(this, name, path);
    }

    /// <summary>Writes the solution <c>name.slnx</c> and gives its absolute path.</summary>
    public string AddSolution(string name, IReadOnlyList<TestProject> projects) => Write(name + ".slnx",
        $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project.Name}/{project.Name}.csproj" />"""))}</Solution>");

    /// <summary>Runs <c>dotnet</c> with a command of MSBuild (<c>build</c>, <c>pack</c>, <c>msbuild</c> …) and its log.</summary>
    public Task<BuildResult> DotNetAsync(string workingDirectory, CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunAsync(workingDirectory, interrupt: null, arguments, cancellationToken);

    /// <summary>The same, and presses Ctrl+C when <paramref name="interrupt"/> ends.</summary>
    public Task<BuildResult> DotNetInterruptedAsync(string workingDirectory, Task interrupt, CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunAsync(workingDirectory, interrupt, arguments, cancellationToken);

    /// <summary>Copies the logs to a folder that stays.</summary>
    public void KeepLogs(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in Directory.GetFiles(LogDirectory))
        {
            File.Copy(file, System.IO.Path.Combine(directory, System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }

    public void Dispose() => _directory.Dispose();

    private async Task<BuildResult> RunAsync(string workingDirectory, Task? interrupt, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = System.IO.Path.Combine(LogDirectory, Interlocked.Increment(ref _calls).ToString("D2", CultureInfo.InvariantCulture));
        var binaryLog = name + ".binlog";
        var result = await Command.RunAsync(
            DotNet,
            [.. arguments, "-nodeReuse:false", "-bl:" + binaryLog],
            workingDirectory,
            Environment,
            cancellationToken,
            interrupt);
        await File.WriteAllTextAsync(name + ".txt", result.ToString(), cancellationToken);
        return new BuildResult(result, binaryLog);
    }
}
