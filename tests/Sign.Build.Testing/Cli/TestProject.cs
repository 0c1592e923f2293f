namespace Sign.Build.Testing.Cli;

/// <summary>A project in a <see cref="TestWorkspace"/>.</summary>
/// <param name="Workspace">Where it lies.</param>
/// <param name="Name">Name of folder, file, assembly and package.</param>
/// <param name="Path">Absolute path of the project file.</param>
public sealed record TestProject(TestWorkspace Workspace, string Name, string Path)
{
    /// <summary>Absolute path of its folder.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Where the project's packages go without further settings.</summary>
    public string PackageFolder => System.IO.Path.Combine(Folder, "bin", "Release");

    /// <summary>The package of version 1.2.3.</summary>
    public string PackagePath => System.IO.Path.Combine(PackageFolder, Name + ".1.2.3.nupkg");

    /// <summary>Names of all files in <see cref="PackageFolder"/>, without those in folders below it, sorted.</summary>
    public string PackageFolderContent => Directory.Exists(PackageFolder)
        ? string.Join(' ', Directory.GetFiles(PackageFolder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal))
        : "";

    /// <summary><c>dotnet pack</c>.</summary>
    public Task<BuildResult> PackAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        Workspace.DotNetAsync(Folder, cancellationToken, ["pack", Path, .. arguments]);
}
