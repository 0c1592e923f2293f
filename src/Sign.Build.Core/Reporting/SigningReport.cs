using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Core.Reporting;

/// <summary>Reports what a project signed: report.json, report.md, validity.svg, certificate.cer, and the summary of the CI job.</summary>
public static class SigningReport
{
    /// <summary>Writes all of it into the report folder of the settings; nothing where no package was signed or no folder is set.</summary>
    /// <exception cref="SignBuildException">SGN3005: the folder cannot be written.</exception>
    public static async Task WriteAsync(SigningSession session, IReadOnlyList<SignedPackage> packages, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (session.Settings.ReportDirectory is not { } directory || packages.Count == 0)
        {
            return;
        }

        var identity = (await session.GetIdentityAsync(cancellationToken).ConfigureAwait(false))!;
        var chains = await session.GetChainsAsync(cancellationToken).ConfigureAwait(false);
        var reports = await Task.WhenAll(packages.Select(package => Task.Run(() => Describe(package), cancellationToken))).ConfigureAwait(false);
        await ReportWriter.WriteAsync(directory, reports, identity.Certificate, session.Clock, cancellationToken).ConfigureAwait(false);
        await JobSummary.AppendAsync(reports, log, session.Clock, cancellationToken).ConfigureAwait(false);
        if (JobSummary.UploadCommand(ReportWriter.MarkdownIn(directory)) is { } command && session.IsFirst(command))
        {
            log.Command(command);
        }

        PackageReport Describe(SignedPackage package)
        {
            try
            {
                return PackageReports.Of(package, session.SourceDescription, session.Settings.Policy, chains, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SignBuildException(Diagnostics.FileAccess(package.Path, "it was signed and cannot be read for the report: " + e.Message), e);
            }
        }
    }
}
