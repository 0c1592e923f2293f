using System.Globalization;
using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>The last look after Pack: a package that another target changed after it was signed is SGN5099, and quarantined.</summary>
public sealed class CheckSignedPackages : SigningTask
{
    /// <summary>What <see cref="SignPackages"/> gave.</summary>
    public ITaskItem[] SignedPackages { get; set; } = [];

    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = OpenSession(scope);
        foreach (var item in SignedPackages)
        {
            var path = item.GetMetadata("FullPath");
            var signed = new FileStamp(Number(item, "_Length"), new DateTime(Number(item, "_LastWriteTicks"), DateTimeKind.Utc));
            if (await SignedPackageGuard.CheckAsync(
                session, path, signed, item.GetMetadata("Fingerprint"), item.GetMetadata("ContentHash"), cancellationToken).ConfigureAwait(false) is { } change)
            {
                log.Report(change);
                PackageBatch.QuarantineAll(session.Settings.RejectedPackages, [path], log);
            }
        }
    }

    private static long Number(ITaskItem item, string metadata) => long.Parse(item.GetMetadata(metadata), CultureInfo.InvariantCulture);
}
