using Sign.Build.Core;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>Finds out before the build whether signing would succeed; target <c>SignBuildPreflight</c>. Signs no package.</summary>
public sealed class CheckSigning : SigningTask
{
    private protected override Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        OpenSession(scope);
        return Task.CompletedTask;
    }
}
