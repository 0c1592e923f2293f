using System.Diagnostics;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>
/// The one way that a package takes: look at what is there, sign, timestamp, write beside, verify, rename over.
/// Safe for many packages at once, and for two builds that sign the same file: each ends with a valid package.
/// </summary>
public sealed class PackageSigner
{
    private readonly SigningSession _session;
    private readonly SigningIdentity _identity;
    private readonly SignatureWriter _writer;
    private readonly PackageRewriter _rewriter;
    private readonly PackageVerifier _existing;
    private readonly ISignBuildLog _log;

    private PackageSigner(
        SigningSession session,
        SigningIdentity identity,
        SignatureWriter writer,
        PackageRewriter rewriter,
        PackageVerifier existing,
        ISignBuildLog log)
    {
        _session = session;
        _identity = identity;
        _writer = writer;
        _rewriter = rewriter;
        _existing = existing;
        _log = log;
    }

    /// <summary>Gets everything that signing needs, and judges the certificate before its key is used.</summary>
    /// <returns>The signer, or null where no certificate source is configured.</returns>
    /// <exception cref="SignBuildException">Bucket 2, or all rules of bucket 5 that the certificate breaks.</exception>
    public static async Task<PackageSigner?> CreateAsync(SigningSession session, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (await session.GetIdentityAsync(cancellationToken).ConfigureAwait(false) is not { } identity)
        {
            return null;
        }

        var findings = await session.JudgeCertificateAsync(identity, cancellationToken).ConfigureAwait(false);
        FindingReport.Apply(findings, session, log);

        var chains = await session.GetChainsAsync(cancellationToken).ConfigureAwait(false);
        var chain = chains.Build(identity.Certificate, identity.AdditionalCertificates, CertificatePurpose.CodeSigning);
        var timestamps = await session.GetTimestampsAsync(cancellationToken).ConfigureAwait(false);
        return new PackageSigner(
            session,
            identity,
            new SignatureWriter(identity, chain.Certificates, session.Settings.HashAlgorithm, timestamps, session.KeyGate),
            new PackageRewriter(session, await session.GetVerifierAsync(withContentHash: false, cancellationToken).ConfigureAwait(false), log),
            await session.GetVerifierAsync(withContentHash: true, cancellationToken).ConfigureAwait(false),
            log);
    }

    /// <summary>Signs one package, or keeps the signature that it has.</summary>
    /// <param name="path">Absolute path of the package.</param>
    /// <param name="cancellationToken">Leaves the package as it is, and nothing beside it.</param>
    /// <exception cref="SignBuildException">Bucket 3, 4 or 5.</exception>
    public Task<SignedPackage> SignAsync(string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        return PackageAccess.WithArchiveAsync(path, async archive =>
        {
            var signed = archive.SignatureEntry is null ? null : await TryReuseAsync(path, cancellationToken).ConfigureAwait(false);
            signed ??= await SignAnewAsync(archive, cancellationToken).ConfigureAwait(false);
            return signed with { Duration = watch.Elapsed };
        });
    }

    private async Task<SignedPackage?> TryReuseAsync(string path, CancellationToken cancellationToken)
    {
        if (_session.Settings.ExistingSignature == ExistingSignatureBehavior.Replace)
        {
            return null;
        }

        var stamp = FileStamp.Of(path)!.Value;
        var verification = await _existing.VerifyAsync(path, cancellationToken).ConfigureAwait(false);
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
        return Describe(
            path, SigningOutcome.Reused, timestamp.Time!.Value, SafeText.DisplayName(timestamp.Certificate!), verification.ContentHash!, stamp, verification);
    }

    private string? Objection(PackageVerification verification) => verification switch
    {
        { IsAccepted: false } => "the policy rejects it: " + string.Join(", ", verification.Findings.Select(finding => finding.Code).Distinct()),
        { Package.Signature: { Type: PackageSignatureType.Author, Certificate: { } certificate } } when Fingerprint.Sha256(certificate) == _identity.Fingerprint => null,
        _ => "it is not an author signature by the configured certificate",
    };

    private async Task<SignedPackage> SignAnewAsync(PackageArchive archive, CancellationToken cancellationToken)
    {
        var rewritten = await _rewriter.RewriteAsync(
            archive,
            (hashes, token) => _writer.WriteAuthorAsync(hashes[_session.Settings.HashAlgorithm], token),
            cancellationToken).ConfigureAwait(false);
        var timestamp = rewritten.Signature.Timestamp;
        return Describe(archive.Path, SigningOutcome.Signed, timestamp.Time, timestamp.Authority, rewritten.ContentHash, rewritten.Stamp, rewritten.Verification);
    }

    private SignedPackage Describe(
        string path, SigningOutcome outcome, DateTimeOffset time, string authority, string contentHash, FileStamp stamp, PackageVerification? verification) =>
        new(
            path,
            PackageIdentityReader.Read(path),
            outcome,
            _identity.Fingerprint,
            SafeText.DisplayName(_identity.Certificate),
            time.ToUniversalTime(),
            authority,
            contentHash,
            stamp,
            verification,
            TimeSpan.Zero);
}
