using Sign.Build.Core;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>Begins, beside the build, what signing will need; does not wait for it. Target <c>_SignBuildBeginPack</c>.</summary>
public sealed class BeginSigning : SigningTask
{
    private protected override Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        OpenSession(scope).Begin();
        return Task.CompletedTask;
    }
}
