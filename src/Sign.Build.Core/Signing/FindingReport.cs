using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Signing;

/// <summary>How findings of the rules become the build's diagnostics.</summary>
internal static class FindingReport
{
    /// <summary>Shows the warnings, each text once in a build; then throws if there is an error.</summary>
    /// <exception cref="SignBuildException">With all errors among <paramref name="findings"/>.</exception>
    public static void Apply(IReadOnlyList<Diagnostic> findings, SigningSession session, ISignBuildLog log)
    {
        foreach (var finding in findings)
        {
            if (finding.Level == DiagnosticLevel.Warning && session.IsFirst(finding.Code + finding.Message))
            {
                log.Report(finding);
            }
        }

        var errors = findings.Where(finding => finding.Level == DiagnosticLevel.Error).ToList();
        if (errors.Count > 0)
        {
            throw new SignBuildException(errors);
        }
    }
}
