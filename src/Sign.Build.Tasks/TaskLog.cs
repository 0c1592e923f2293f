using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Sign.Build.Core;

namespace Sign.Build.Tasks;

/// <summary>The domain's log as MSBuild events. Texts are never used as format strings: they hold names out of packages and certificates.</summary>
internal sealed class TaskLog(TaskLoggingHelper log) : ISignBuildLog
{
    public void Report(Diagnostic diagnostic)
    {
        if (diagnostic.Level == DiagnosticLevel.Error)
        {
            log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, diagnostic.File, 0, 0, 0, 0, "{0}", diagnostic.Message);
        }
        else
        {
            log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, diagnostic.File, 0, 0, 0, 0, "{0}", diagnostic.Message);
        }
    }

    public void Important(string message) => log.LogMessage(MessageImportance.High, "{0}", message);

    public void Detail(string message) => log.LogMessage(MessageImportance.Low, "{0}", message);
}
