using System.Diagnostics.CodeAnalysis;
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
            log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, Harmless(diagnostic.File), 0, 0, 0, 0, "{0}", Harmless(diagnostic.Message));
        }
        else
        {
            log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, Harmless(diagnostic.File), 0, 0, 0, 0, "{0}", Harmless(diagnostic.Message));
        }
    }

    public void Important(string message) => log.LogMessage(MessageImportance.High, "{0}", Harmless(message));

    public void Command(string command) => log.LogMessage(MessageImportance.High, "{0}", command);

    public void Detail(string message) => log.LogMessage(MessageImportance.Low, "{0}", Harmless(message));

    // CI systems obey commands that they find in a log: Azure Pipelines "##vso[", GitHub Actions "::" at the start of a line.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Harmless(string? text)
    {
        if (text is null)
        {
            return null;
        }

        text = text.Replace("##", "# #", StringComparison.Ordinal);
        return text.AsSpan().TrimStart().StartsWith("::") ? "'" + text : text;
    }
}
