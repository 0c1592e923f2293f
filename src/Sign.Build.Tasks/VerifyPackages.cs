using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>Checks packages against the policy; target <c>SignBuildVerifyPackages</c>. Changes and moves nothing.</summary>
public sealed class VerifyPackages : SigningTask
{
    /// <summary>The packages: full paths.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = OpenSession(scope);
        string[] paths = [.. Packages.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory))];
        var packages = await VerificationBatch.VerifyAsync(session, paths, log, cancellationToken).ConfigureAwait(false);
        await VerificationReporting.WriteAsync(session, packages, log, cancellationToken).ConfigureAwait(false);
    }
}
