using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>Signs, timestamps and verifies packages in place; target <c>SignBuildSignPackages</c>.</summary>
public sealed class SignPackages : SigningTask
{
    /// <summary>The packages: full paths.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>
    /// The packages that are signed now. Identity is the path; metadata <c>PackageId</c>, <c>PackageVersion</c>, <c>Outcome</c>
    /// (<c>Signed</c> or <c>Reused</c>), <c>Fingerprint</c> (SHA-256, lower-case hex), <c>Subject</c>, <c>TimestampUtc</c> (ISO 8601),
    /// <c>TimestampAuthority</c>, <c>ContentHash</c> (base64 SHA-512 of the package without its signature).
    /// </summary>
    [Output]
    public ITaskItem[] SignedPackages { get; private set; } = [];

    private protected override async System.Threading.Tasks.Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        string[] paths = [.. Packages.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory))];
        var session = OpenSessionOrQuarantine(scope, paths, log);
        var signed = await PackageBatch.SignAsync(session, paths, log, cancellationToken).ConfigureAwait(false);
        SignedPackages = [.. signed.Select(SignedPackageItem.Of)];
        await SigningReport.WriteAsync(session, signed, log, cancellationToken).ConfigureAwait(false);
    }

    // Pack begins with these settings. Where somebody has taken that away, or changed them since, the packages are written by now.
    private SigningSession OpenSessionOrQuarantine(BuildScope scope, string[] paths, ISignBuildLog log)
    {
        try
        {
            return OpenSession(scope);
        }
        catch (SignBuildException)
        {
            PackageBatch.QuarantineAll(ReadRejectedPackages(), paths, log);
            throw;
        }
    }
}
