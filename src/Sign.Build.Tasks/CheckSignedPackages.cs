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

    private protected override Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var behavior = ReadSettings().RejectedPackages;
        foreach (var item in SignedPackages)
        {
            var path = item.GetMetadata("FullPath");
            var signed = new FileStamp(Number(item, "_Length"), new DateTime(Number(item, "_LastWriteTicks"), DateTimeKind.Utc));
            if (FileStamp.Of(path) is { } now && now != signed)
            {
                log.Report(Diagnostics.ChangedAfterSigning(path, $"It was {signed.Length} bytes when it was signed and is {now.Length} bytes now, last written {now.LastWriteTimeUtc:HH:mm:ss.fff} UTC."));
                PackageBatch.QuarantineAll(behavior, [path], log);
            }
        }

        return Task.CompletedTask;
    }

    private static long Number(ITaskItem item, string metadata) => long.Parse(item.GetMetadata(metadata), CultureInfo.InvariantCulture);
}
