using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>Quarantines what Pack wrote and nobody signed, because a target failed in between.</summary>
public sealed class RejectUnsignedPackages : SigningTask
{
    /// <summary>The packages: full paths.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    private protected override Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        string[] paths = [.. Packages.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory))];
        try
        {
            UnsignedPackages.Reject(ReadSettings(), paths, log);
        }
        catch (SignBuildException)
        {
            // The build has its error already; this one is said when signing is tried.
            UnsignedPackages.Reject(ReadRejectedPackages(), paths, log);
        }

        return Task.CompletedTask;
    }
}
