using Sign.Build.Core;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>Finds out before the build whether signing would succeed; target <c>SignBuildPreflight</c>. Signs no package.</summary>
public sealed class CheckSigning : SigningTask
{
    /// <summary>Say nothing when all is well: the check is a part of Pack.</summary>
    public bool Quiet { get; set; }

    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = OpenSession(scope);
        if (await session.PreflightAsync(cancellationToken).ConfigureAwait(false) is not { } report)
        {
            session.RequireSource();
            return;
        }

        // Every project of a build that cannot sign has to fail; what is only worth a warning is said once.
        foreach (var finding in report.Findings)
        {
            if (finding.Level == DiagnosticLevel.Error || session.IsFirst(finding.Code + finding.Message))
            {
                log.Report(finding);
            }
        }

        if (report.IsReady)
        {
            Action<string> say = Quiet ? log.Detail : log.Important;
            say(report.Summary);
        }
    }
}
