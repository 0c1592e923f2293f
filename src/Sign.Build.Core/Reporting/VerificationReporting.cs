using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Reporting;

/// <summary>Reports what a run of <c>SignBuildVerifyPackages</c> found: verification.json and verification.md.</summary>
public static class VerificationReporting
{
    private const string JsonName = "verification.json";
    private const string MarkdownName = "verification.md";

    /// <summary>Writes both into the report folder of the settings, in place of those of an earlier run; nothing where no folder is set.</summary>
    /// <exception cref="SignBuildException">SGN3005: the folder cannot be written.</exception>
    public static async Task WriteAsync(SigningSession session, IReadOnlyList<VerifiedPackage> packages, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (session.Settings.ReportDirectory is not { } directory)
        {
            return;
        }

        var accepted = packages.Count(package => package.IsAccepted);
        var report = new VerificationReport
        {
            SignBuild = ReportWriter.VersionOf(typeof(VerificationReporting).Assembly),
            Written = session.Clock.GetUtcNow(),
            Policy = session.Settings.Policy.Policy.ToString(),
            Accepted = accepted,
            Rejected = packages.Count - accepted,
            Packages = packages,
        };
        try
        {
            Directory.CreateDirectory(directory);
            using var exclusive = await ReportWriter.LockAsync(directory, session.Clock, cancellationToken).ConfigureAwait(false);
            await ReportWriter.ReplaceAsync(Path.Combine(directory, JsonName), VerificationReportJson.Write(report), cancellationToken).ConfigureAwait(false);
            await ReportWriter.ReplaceAsync(Path.Combine(directory, MarkdownName), VerificationMarkdown.Write(report), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(directory, "the report could not be written: " + e.Message), e);
        }

        log.Detail($"Report: {Path.Combine(directory, MarkdownName)}");
    }
}
