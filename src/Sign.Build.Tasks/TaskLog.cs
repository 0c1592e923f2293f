using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Sign.Build.Core;

namespace Sign.Build.Tasks;

/// <summary>
/// The domain's log as MSBuild events. Texts hold names of files, and names out of packages and certificates: they are never used as
/// format strings, and nothing in them begins a line or is a command to the CI system that reads the log.
/// </summary>
internal sealed class TaskLog(TaskLoggingHelper log) : ISignBuildLog
{
    public void Report(Diagnostic diagnostic)
    {
        if (diagnostic.Level == DiagnosticLevel.Error)
        {
            log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, Subject(diagnostic), 0, 0, 0, 0, "{0}", SafeText.LogLine(diagnostic.Message));
        }
        else
        {
            log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, Subject(diagnostic), 0, 0, 0, 0, "{0}", SafeText.LogLine(diagnostic.Message));
        }
    }

    public void Important(string message) => log.LogMessage(MessageImportance.High, "{0}", SafeText.LogLine(message));

    public void Command(string command) => log.LogMessage(MessageImportance.High, "{0}", command);

    public void Detail(string message) => log.LogMessage(MessageImportance.Low, "{0}", SafeText.LogLine(message));

    // Without a file MSBuild would name the targets file of the package, as if that were wrong.
    private static string Subject(Diagnostic diagnostic) => SafeText.LogLine(diagnostic.File) ?? "Sign.Build";
}
