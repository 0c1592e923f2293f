using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary>Where CI systems show a summary of a job.</summary>
internal static class JobSummary
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Appends the packages to the job summary of GitHub Actions, where the build runs there.</summary>
    /// <param name="packages">What this project signed.</param>
    /// <param name="log">Hears why it could not be appended; a summary is never worth a failed build.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static Task AppendAsync(IReadOnlyList<PackageReport> packages, ISignBuildLog log, TimeProvider clock, CancellationToken cancellationToken) =>
        // https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
        Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } path
            ? AppendAsync(path, packages, log, clock, cancellationToken)
            : Task.CompletedTask;

    /// <summary>The same with the file named. The projects of a build write at the same time, and none overwrites another's rows.</summary>
    public static async Task AppendAsync(
        string path, IReadOnlyList<PackageReport> packages, ISignBuildLog log, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var file = await ExclusiveFile.OpenAsync(path, FileMode.Append, Patience, clock, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(MarkdownReport.Summary(packages)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Detail($"The job summary could not be written: {e.Message}");
        }
    }

    /// <summary>The logging command that shows a file as summary in Azure Pipelines; null elsewhere.</summary>
    /// <param name="markdown">Absolute path of the file.</param>
    public static string? UploadCommand(string markdown) =>
        // https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#uploadsummary
        "True".Equals(Environment.GetEnvironmentVariable("TF_BUILD"), StringComparison.OrdinalIgnoreCase) ? "##vso[task.uploadsummary]" + markdown : null;
}
