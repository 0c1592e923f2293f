using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using NuGet.Packaging.Signing;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Reporting;

/// <summary>Writes the report files of one folder. Several projects and processes may report into the same folder.</summary>
internal static class ReportWriter
{
    private const string LockName = ".lock";
    private const string JsonName = "report.json";
    private const string MarkdownName = "report.md";
    private const string TimelineName = "validity.svg";
    private const string CertificateName = "certificate.cer";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Merges packages into the folder's report: one that is there already is replaced, one whose file is gone is dropped.</summary>
    /// <param name="directory">Absolute path of the folder.</param>
    /// <param name="packages">What was signed.</param>
    /// <param name="certificate">What signed it; written beside the report.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The whole report.</returns>
    /// <exception cref="SignBuildException">SGN3005: the folder cannot be written.</exception>
    public static async Task<BuildReport> WriteAsync(string directory, IReadOnlyList<PackageReport> packages, X509Certificate2 certificate, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var exclusive = await LockAsync(directory, clock, cancellationToken).ConfigureAwait(false);
            var path = Path.Combine(directory, JsonName);
            var earlier = File.Exists(path) ? BuildReportJson.ReadPackages(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) : [];
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
            var timeline = Task.Run(() => ValidityTimeline.Draw(report, clock.GetUtcNow()), cancellationToken);
            await ReplaceAsync(path, BuildReportJson.Write(report), cancellationToken).ConfigureAwait(false);
            await ReplaceAsync(Path.Combine(directory, MarkdownName), MarkdownReport.Write(report, TimelineName), cancellationToken).ConfigureAwait(false);
            await ReplaceAsync(Path.Combine(directory, TimelineName), await timeline.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await CertificateExport.WriteAsync(certificate, Path.Combine(directory, CertificateName), isThrowAway: false, cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(directory, "the report could not be written: " + e.Message), e);
        }
    }

    /// <summary>The file for people.</summary>
    public static string MarkdownIn(string directory) => Path.Combine(directory, MarkdownName);

    /// <summary>Writes a file. Readers see the old one or the new one.</summary>
    public static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken).ConfigureAwait(false);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Keeps other projects and processes that write into the folder away.</summary>
    public static Task<FileStream> LockAsync(string directory, TimeProvider clock, CancellationToken cancellationToken) =>
        ExclusiveFile.OpenAsync(Path.Combine(directory, LockName), FileMode.OpenOrCreate, LockPatience, clock, cancellationToken);

    /// <summary>The version without the commit, which comes after a plus sign.</summary>
    public static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
