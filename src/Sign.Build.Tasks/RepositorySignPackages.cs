using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>Signs packages for a feed, or countersigns author-signed ones; target <c>SignBuildRepositorySignPackages</c>.</summary>
public sealed class RepositorySignPackages : SigningTask
{
    /// <summary>The packages: paths.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The packages that carry the repository's signature now; metadata as of <see cref="SignPackages.SignedPackages"/>.</summary>
    [Output]
    public ITaskItem[] SignedPackages { get; private set; } = [];

    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = new SigningSession(RepositoryBatch.WithRepositoryRules(ReadSettings()), scope, Host());
        string[] paths = [.. Packages.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory))];
        var signed = await RepositoryBatch.SignAsync(session, paths, log, cancellationToken).ConfigureAwait(false);
        SignedPackages = [.. signed.Select(SignedPackageItem.Of)];
    }
}
