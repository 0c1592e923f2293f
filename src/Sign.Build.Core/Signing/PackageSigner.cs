using System.Diagnostics;
using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Timestamping;
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
    private readonly PackageVerifier _verifier;
    private readonly ISignBuildLog _log;

    private PackageSigner(
        SigningSession session,
        SigningIdentity identity,
        SignatureWriter writer,
        PackageVerifier verifier,
        ISignBuildLog log)
    {
        _session = session;
        _identity = identity;
        _writer = writer;
        _verifier = verifier;
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
            await session.GetVerifierAsync(cancellationToken).ConfigureAwait(false),
            log);
    }

    /// <summary>Signs one package, or keeps the signature that it has.</summary>
    /// <param name="path">Absolute path of the package.</param>
    /// <param name="cancellationToken">Leaves the package as it is, and nothing beside it.</param>
    /// <exception cref="SignBuildException">Bucket 3, 4 or 5.</exception>
    public async Task<SignedPackage> SignAsync(string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            TemporaryPackage.RemoveAbandoned(path);
            using var archive = PackageArchive.Open(path);
            if (archive.SignatureEntry is not null && await TryReuseAsync(path, cancellationToken).ConfigureAwait(false) is { } reused)
            {
                return reused with { Duration = watch.Elapsed };
            }

            return await SignAnewAsync(archive, cancellationToken).ConfigureAwait(false) with { Duration = watch.Elapsed };
        }
        catch (ArchiveFormatException e)
        {
            throw new SignBuildException(Diagnostics.UnreadablePackage(path, e.Message), e);
        }
        catch (FileNotFoundException e)
        {
            throw new SignBuildException(Diagnostics.PackageMissing(path), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(path, e.Message), e);
        }
    }

    private async Task<SignedPackage?> TryReuseAsync(string path, CancellationToken cancellationToken)
    {
        if (_session.Settings.ExistingSignature == ExistingSignatureBehavior.Replace)
        {
            return null;
        }

        var stamp = FileStamp.Of(path)!.Value;
        var verification = await _verifier.VerifyAsync(path, cancellationToken).ConfigureAwait(false);
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
        if (archive.SignatureObstacle is { } obstacle)
        {
            throw new SignBuildException(Diagnostics.TooLargeToSign(archive.Path, obstacle));
        }

        using var temporary = TemporaryPackage.CreateFor(archive.Path);
        var (hashes, timestamp) = await WriteAsync(archive, temporary, cancellationToken).ConfigureAwait(false);
        var verification = _session.Settings.Verify ? await VerifyAsync(temporary.Path, archive.Path, cancellationToken).ConfigureAwait(false) : null;
        temporary.Commit();
        return Describe(
            archive.Path, SigningOutcome.Signed, timestamp.Time, timestamp.Authority, Convert.ToBase64String(hashes[HashAlgorithmName.SHA512].Span),
            FileStamp.Of(archive.Path) ?? throw new SignBuildException(Diagnostics.FileAccess(archive.Path, "the signed package was removed by something else")), verification);
    }

    // The content is copied while it is hashed, signed and timestamped.
    private async Task<(ContentHashes Hashes, Timestamp Timestamp)> WriteAsync(PackageArchive archive, TemporaryPackage temporary, CancellationToken cancellationToken)
    {
        var algorithm = _session.Settings.HashAlgorithm;
        using var stopCopy = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var copy = archive.CopyContentAsync(temporary.Handle, stopCopy.Token);
        try
        {
            var hashes = await archive.HashContentAsync([algorithm, HashAlgorithmName.SHA512], cancellationToken).ConfigureAwait(false);
            var signature = await _writer.WriteAuthorAsync(hashes[algorithm], cancellationToken).ConfigureAwait(false);
            await copy.ConfigureAwait(false);
            await archive.AppendSignatureAsync(temporary.Handle, signature.Bytes, _session.Clock.GetLocalNow(), cancellationToken).ConfigureAwait(false);
            return (hashes, signature.Timestamp);
        }
        finally
        {
            // After a failure the copy must be through before its files are closed.
            await stopCopy.CancelAsync().ConfigureAwait(false);
            await copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PackageVerification> VerifyAsync(string temporary, string package, CancellationToken cancellationToken)
    {
        var verification = await _verifier.VerifyAsync(temporary, cancellationToken).ConfigureAwait(false);
        var findings = verification.Findings.Select(finding => finding.About(package)).ToList();
        FindingReport.Apply(findings, _session, _log);
        return verification with { Path = package };
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
