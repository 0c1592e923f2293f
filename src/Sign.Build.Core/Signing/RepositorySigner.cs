using System.Diagnostics;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>
/// Gives packages what a feed gives them: a repository signature, or over an author signature a repository countersignature.
/// The bytes of an author signature stay as they are.
/// </summary>
public sealed class RepositorySigner
{
    private readonly SigningSession _session;
    private readonly SigningParts _parts;
    private readonly ISignBuildLog _log;
    private readonly Uri _serviceIndex;

    private RepositorySigner(SigningSession session, SigningParts parts, ISignBuildLog log, Uri serviceIndex)
    {
        _session = session;
        _parts = parts;
        _log = log;
        _serviceIndex = serviceIndex;
    }

    /// <summary>Gets everything that signing needs, and judges the certificate before its key is used.</summary>
    /// <param name="session">A session whose policy allows repository signatures.</param>
    /// <param name="log">Gets warnings.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="SignBuildException">SGN1001, SGN1002, bucket 2, or all rules of bucket 5 that the certificate breaks.</exception>
    public static async Task<RepositorySigner> CreateAsync(SigningSession session, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var serviceIndex = session.Settings.ServiceIndexUrl
            ?? throw new SignBuildException(Diagnostics.InvalidValue("SignBuildServiceIndexUrl", "", "the https address of the feed's V3 service index"));
        var parts = await SigningParts.PrepareAsync(session, log, cancellationToken).ConfigureAwait(false)
            ?? throw new SignBuildException(Diagnostics.NoCertificateSource());
        return new RepositorySigner(session, parts, log, serviceIndex);
    }

    /// <summary>How many packages are best begun at the same time.</summary>
    public int InProgress => _parts.Places.InProgress;

    /// <summary>Signs or countersigns one package, or leaves it as it is when this repository has done so before.</summary>
    /// <param name="path">Absolute path of the package.</param>
    /// <param name="cancellationToken">Leaves the package as it is, and nothing beside it.</param>
    /// <exception cref="SignBuildException">Bucket 3, 4 or 5.</exception>
    public Task<SignedPackage> SignAsync(string path, CancellationToken cancellationToken) => _parts.Places.WorkAsync(
        () =>
        {
            var watch = Stopwatch.StartNew();
            return PackageAccess.WithArchiveAsync(path, async archive =>
            {
                var signed = archive.SignatureEntry is null
                    ? await RewriteAsync(archive, SigningOutcome.Signed, SignContentAsync, cancellationToken).ConfigureAwait(false)
                    : await SignSignedAsync(archive, cancellationToken).ConfigureAwait(false);
                // A feed has thousands of packages: their decoded signatures are not kept.
                return signed with { Duration = watch.Elapsed, Verification = null };
            });
        },
        cancellationToken);

    private async Task<SignedPackage> SignSignedAsync(PackageArchive archive, CancellationToken cancellationToken)
    {
        // A broken signature is not vouched for by a countersignature.
        var stamp = FileStamp.Of(archive.Path) ?? throw new FileNotFoundException(null, archive.Path);
        var verification = await _parts.Existing.VerifyAsync(archive.Path, cancellationToken).ConfigureAwait(false);
        FindingReport.Apply(verification.Findings, _session, _log);

        var primary = verification.Package!.Signature!;
        if (primary.Repository is { } repository && _session.Settings.ExistingSignature != ExistingSignatureBehavior.Replace)
        {
            return Keep(archive, repository, verification, stamp);
        }

        if (primary.Type == PackageSignatureType.Repository)
        {
            return await RewriteAsync(archive, SigningOutcome.Signed, SignContentAsync, cancellationToken).ConfigureAwait(false);
        }

        var author = await archive.ReadSignatureAsync(cancellationToken).ConfigureAwait(false);
        return await RewriteAsync(
            archive,
            SigningOutcome.Countersigned,
            (_, token) => _parts.Writer.CountersignAsync(author, _serviceIndex, _session.Settings.RepositoryOwners, token),
            cancellationToken).ConfigureAwait(false);
    }

    private SignedPackage Keep(PackageArchive archive, InspectedSigner repository, PackageVerification verification, FileStamp stamp)
    {
        var isOurs = Fingerprint.Sha256(repository.Certificate!) == _parts.Identity.Fingerprint && repository.ServiceIndexUrl == _serviceIndex;
        if (!isOurs || _session.Settings.ExistingSignature == ExistingSignatureBehavior.Fail)
        {
            throw new SignBuildException(Diagnostics.AlreadyRepositorySigned(
                archive.Path, repository.ServiceIndexUrl?.ToString() ?? "an unnamed repository", SafeText.DisplayName(repository.Certificate!)));
        }

        var timestamp = repository.Timestamps[0];
        return SignedPackage.Describe(
            archive.Path, SigningOutcome.Reused, _parts.Identity, timestamp.Time!.Value, SafeText.DisplayName(timestamp.Certificate!), verification.ContentHash!, stamp, verification);
    }

    private Task<WrittenSignature> SignContentAsync(ContentHashes hashes, CancellationToken cancellationToken) =>
        _parts.Writer.WriteRepositoryAsync(hashes[_session.Settings.HashAlgorithm], _serviceIndex, _session.Settings.RepositoryOwners, cancellationToken);

    private async Task<SignedPackage> RewriteAsync(
        PackageArchive archive, SigningOutcome outcome, Func<ContentHashes, CancellationToken, Task<WrittenSignature>> sign, CancellationToken cancellationToken)
    {
        var rewritten = await _parts.Rewriter.RewriteAsync(archive, sign, cancellationToken).ConfigureAwait(false);
        var timestamp = rewritten.Signature.Timestamp;
        return SignedPackage.Describe(
            archive.Path, outcome, _parts.Identity, timestamp.Time, timestamp.Authority, rewritten.ContentHash, rewritten.Stamp, rewritten.Verification);
    }
}
