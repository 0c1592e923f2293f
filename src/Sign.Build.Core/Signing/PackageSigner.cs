using System.Diagnostics;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>
/// Gives packages an author signature. The one way that a package takes: look at what is there, sign, timestamp, write beside,
/// verify, rename over. Safe for many packages at once, and for two builds that sign the same file: each ends with a valid package.
/// </summary>
public sealed class PackageSigner
{
    private readonly SigningSession _session;
    private readonly SigningParts _parts;
    private readonly ISignBuildLog _log;

    private PackageSigner(SigningSession session, SigningParts parts, ISignBuildLog log)
    {
        _session = session;
        _parts = parts;
        _log = log;
    }

    /// <summary>Gets everything that signing needs, and judges the certificate before its key is used.</summary>
    /// <returns>The signer, or null where no certificate source is configured.</returns>
    /// <exception cref="SignBuildException">Bucket 2, or all rules of bucket 5 that the certificate breaks.</exception>
    public static async Task<PackageSigner?> CreateAsync(SigningSession session, ISignBuildLog log, CancellationToken cancellationToken) =>
        await SigningParts.PrepareAsync(session, log, cancellationToken).ConfigureAwait(false) is { } parts ? new PackageSigner(session, parts, log) : null;

    /// <summary>How many packages are best begun at the same time.</summary>
    public int InProgress => _parts.Places.InProgress;

    /// <summary>Signs one package, or keeps the signature that it has.</summary>
    /// <param name="path">Absolute path of the package.</param>
    /// <param name="cancellationToken">Leaves the package as it is, and nothing beside it.</param>
    /// <exception cref="SignBuildException">Bucket 3, 4 or 5.</exception>
    public Task<SignedPackage> SignAsync(string path, CancellationToken cancellationToken) => _parts.Places.WorkAsync(
        () =>
        {
            var watch = Stopwatch.StartNew();
            return PackageAccess.WithArchiveAsync(path, async archive =>
            {
                var signed = archive.SignatureEntry is null ? null : await TryReuseAsync(path, cancellationToken).ConfigureAwait(false);
                signed ??= await SignAnewAsync(archive, cancellationToken).ConfigureAwait(false);
                return signed with { Duration = watch.Elapsed };
            });
        },
        cancellationToken);

    private async Task<SignedPackage?> TryReuseAsync(string path, CancellationToken cancellationToken)
    {
        if (_session.Settings.ExistingSignature == ExistingSignatureBehavior.Replace)
        {
            return null;
        }

        var stamp = FileStamp.Of(path) ?? throw new FileNotFoundException(null, path);
        var verification = await _parts.Existing.VerifyAsync(path, cancellationToken).ConfigureAwait(false);
        var signature = verification.Package?.Signature;
        if (_session.Settings.ExistingSignature == ExistingSignatureBehavior.Fail)
        {
            throw new SignBuildException(Diagnostics.AlreadySigned(path, signature?.Certificate is { } signer ? SafeText.DisplayName(signer) : "an unreadable signature"));
        }

        if (Objection(verification) is { } objection)
        {
            _log.Detail($"{path}: the signature in it is replaced, because {objection}.");
            return null;
        }

        FindingReport.Apply(verification.Findings, _session, _log);
        var timestamp = signature!.Timestamps[0];
        return SignedPackage.Describe(
            path, SigningOutcome.Reused, _parts.Identity, timestamp.Time!.Value, SafeText.DisplayName(timestamp.Certificate!), verification.ContentHash!, stamp, verification);
    }

    private string? Objection(PackageVerification verification) => verification switch
    {
        { IsAccepted: false } => "the policy rejects it: " + string.Join(", ", verification.Findings.Select(finding => finding.Code).Distinct()),
        { Package.Signature: { Type: PackageSignatureType.Author, Certificate: { } certificate } } when Fingerprint.Sha256(certificate) == _parts.Identity.Fingerprint => null,
        _ => "it is not an author signature by the configured certificate",
    };

    private async Task<SignedPackage> SignAnewAsync(PackageArchive archive, CancellationToken cancellationToken)
    {
        var rewritten = await _parts.Rewriter.RewriteAsync(
            archive,
            (hashes, token) => _parts.Writer.WriteAuthorAsync(hashes[_session.Settings.HashAlgorithm], token),
            cancellationToken).ConfigureAwait(false);
        var timestamp = rewritten.Signature.Timestamp;
        return SignedPackage.Describe(
            archive.Path, SigningOutcome.Signed, _parts.Identity, timestamp.Time, timestamp.Authority, rewritten.ContentHash, rewritten.Stamp, rewritten.Verification);
    }
}
