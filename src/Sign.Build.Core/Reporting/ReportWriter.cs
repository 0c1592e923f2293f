using System.Reflection;
using NuGet.Packaging.Signing;

namespace Sign.Build.Core.Reporting;

/// <summary>Writes the report files of one folder. Several projects and processes may report into the same folder.</summary>
internal static class ReportWriter
{
    private const string JsonName = "report.json";
    private const string MarkdownName = "report.md";
    private const string TimelineName = "validity.svg";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Merges packages into the folder's report: one that is there already is replaced, one whose file is gone is dropped.</summary>
    /// <returns>The whole report.</returns>
    /// <exception cref="SignBuildException">SGN3005: the folder cannot be written.</exception>
    public static async Task<BuildReport> WriteAsync(string directory, IReadOnlyList<PackageReport> packages, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var exclusive = await LockAsync(directory, clock, cancellationToken).ConfigureAwait(false);
            var path = Path.Combine(directory, JsonName);
            var earlier = File.Exists(path) ? ReportJson.ReadPackages(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) : [];
            var report = new BuildReport
            {
                SignBuild = VersionOf(typeof(ReportWriter).Assembly),
                NuGet = VersionOf(typeof(SigningUtility).Assembly),
                Written = clock.GetUtcNow(),
                Packages =
                [
                    .. earlier.Where(package => File.Exists(package.Path)).Concat(packages)
                        .GroupBy(package => package.Path).Select(group => group.Last()).OrderBy(package => package.Path, StringComparer.Ordinal),
                ],
            };
            await ReplaceAsync(path, ReportJson.Write(report), cancellationToken).ConfigureAwait(false);
            await ReplaceAsync(Path.Combine(directory, MarkdownName), MarkdownReport.Write(report, TimelineName), cancellationToken).ConfigureAwait(false);
            await ReplaceAsync(Path.Combine(directory, TimelineName), ValidityTimeline.Draw(report, clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(directory, "the report could not be written: " + e.Message), e);
        }
    }

    /// <summary>The file for people.</summary>
    public static string MarkdownIn(string directory) => Path.Combine(directory, MarkdownName);

    // Readers see the old report or the new one.
    private static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken).ConfigureAwait(false);
        File.Move(temporary, path, overwrite: true);
    }

    private static async Task<FileStream> LockAsync(string directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(directory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(started) < LockPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Without the commit, which comes after a plus sign.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
