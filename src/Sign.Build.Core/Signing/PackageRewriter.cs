using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>Puts a new signature into a package: written beside it, held to the policy, renamed over it.</summary>
internal sealed class PackageRewriter(SigningSession session, PackageVerifier verifier, ISignBuildLog log)
{
    /// <summary>Gives the package the signature that <paramref name="sign"/> makes over its content.</summary>
    /// <param name="archive">The package as it is; a signature in it is replaced. Closed when the package has been replaced.</param>
    /// <param name="sign">Makes the signature; it runs while the content is copied.</param>
    /// <param name="cancellationToken">Leaves the package as it is, and nothing beside it.</param>
    /// <exception cref="SignBuildException">SGN3003, or what the policy says of the result.</exception>
    public async Task<RewrittenPackage> RewriteAsync(
        PackageArchive archive, Func<ContentHashes, CancellationToken, Task<WrittenSignature>> sign, CancellationToken cancellationToken)
    {
        if (archive.SignatureObstacle is { } obstacle)
        {
            throw new SignBuildException(Diagnostics.TooLargeToSign(archive.Path, obstacle));
        }

        using var temporary = TemporaryPackage.CreateFor(archive.Path);
        var signature = await WriteAsync(archive, temporary, sign, cancellationToken).ConfigureAwait(false);
        temporary.EndWriting();

        // NuGet prints the SHA-512, whatever the signature uses. Nothing waits for it but the report, so it is made beside the rest:
        // not while the old file is hashed and copied, which are two already, and not from the old file, which frees its space on
        // the disk for as long as writing took when it is let go.
        using var written = PackageArchive.Open(temporary.Path);
        using var stopHash = new CancellationTokenSource();
        var contentHash = written.HashContentAsync([HashAlgorithmName.SHA512], stopHash.Token);
        try
        {
            PackageVerification? verification;
            using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stopHash))
            {
                verification = session.Settings.Verify ? await VerifyAsync(temporary.Path, archive.Path, cancellationToken).ConfigureAwait(false) : null;
            }

            // Nothing more is read from it, and Windows replaces no file that is open.
            archive.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var stamp = temporary.Commit();
            var hash = (await contentHash.ConfigureAwait(false))[HashAlgorithmName.SHA512];
            return new RewrittenPackage(signature, Convert.ToBase64String(hash.Span), stamp, verification);
        }
        finally
        {
            // After a failure the file must not be read any more when it is closed.
            await stopHash.CancelAsync().ConfigureAwait(false);
            await ((Task)contentHash).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<WrittenSignature> WriteAsync(
        PackageArchive archive, TemporaryPackage temporary, Func<ContentHashes, CancellationToken, Task<WrittenSignature>> sign, CancellationToken cancellationToken)
    {
        using var stopCopy = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var copy = archive.CopyContentAsync(temporary.Handle, stopCopy.Token);
        try
        {
            var hashes = await archive.HashContentAsync([session.Settings.HashAlgorithm], cancellationToken).ConfigureAwait(false);
            var signature = await sign(hashes, cancellationToken).ConfigureAwait(false);
            await copy.ConfigureAwait(false);
            await archive.AppendSignatureAsync(temporary.Handle, signature.Bytes, session.Clock.GetLocalNow(), cancellationToken).ConfigureAwait(false);
            return signature;
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
        var verification = await verifier.VerifyAsync(temporary, cancellationToken).ConfigureAwait(false);
        verification = verification with { Path = package, Findings = [.. verification.Findings.Select(finding => finding.About(package))] };
        FindingReport.Apply(verification.Findings, session, log);
        return verification;
    }
}

/// <summary>A package with its new signature.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="ContentHash">Base64 SHA-512 of the package without signature.</param>
/// <param name="Stamp">Size and time of the file.</param>
/// <param name="Verification">The check before the rename, or null with <c>SignBuildVerify=false</c>.</param>
internal sealed record RewrittenPackage(WrittenSignature Signature, string ContentHash, FileStamp Stamp, PackageVerification? Verification);
