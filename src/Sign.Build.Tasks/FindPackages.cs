using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>Finds the files that Pack wrote; target <c>SignBuildCollectPackages</c>.</summary>
public sealed class FindPackages : Microsoft.Build.Utilities.Task
{
    /// <summary><c>NuGetPackOutput</c>.</summary>
    public ITaskItem[] Announced { get; set; } = [];

    /// <summary>Absolute folder of the project.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary><c>SignBuildSymbolPackages</c>; what is not <c>true</c> is taken as false and refused where all settings are read.</summary>
    public string IncludeSymbols { get; set; } = "";

    /// <summary>Id that the project packs.</summary>
    [Required]
    public string PackageId { get; set; } = "";

    /// <summary>.nuspec file that the project packs, or empty.</summary>
    public string NuspecFile { get; set; } = "";

    /// <summary>Values for the tokens in that file.</summary>
    public string NuspecProperties { get; set; } = "";

    /// <summary>The packages: full paths.</summary>
    [Output]
    public ITaskItem[] Packages { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Packages =
        [
            .. PackedPackages.Find(
                Announced.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory)),
                IncludeSymbols.Trim().Equals("true", StringComparison.OrdinalIgnoreCase),
                PackageId,
                NuspecFile.Length == 0 ? null : Path.GetFullPath(NuspecFile, ProjectDirectory),
                NuspecProperties).Select(path => new TaskItem(MSBuildText.Escape(path))),
        ];
        return true;
    }
}
