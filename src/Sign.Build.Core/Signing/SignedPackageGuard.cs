using Sign.Build.Core.Certificates;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>The last look at a package, after everything that hangs on Pack.</summary>
public static class SignedPackageGuard
{
    /// <summary>
    /// Finds out whether somebody changed the package. Usually size and time answer that. Where they differ, the package may still
    /// be good: another build of the same project, at the same time, signs the same file.
    /// </summary>
    /// <param name="session">Settings and shared parts.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="signed">Size and time after signing.</param>
    /// <param name="fingerprint">SHA-256 of the certificate that signed.</param>
    /// <param name="contentHash">Base64 SHA-512 of the package without its signature.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>SGN5099; null where the package is good, or somebody moved it away.</returns>
    public static async Task<Diagnostic?> CheckAsync(
        SigningSession session, string path, FileStamp signed, string fingerprint, string contentHash, CancellationToken cancellationToken)
    {
        if (FileStamp.Of(path) is not { } now || now == signed)
        {
            return null;
        }

        var times = $"It was {signed.Length} bytes when it was signed and is {now.Length} bytes now, last written {now.LastWriteTimeUtc:HH:mm:ss.fff} UTC.";
        try
        {
            var verifier = await session.GetVerifierAsync(withContentHash: true, cancellationToken).ConfigureAwait(false);
            var verification = await verifier.VerifyAsync(path, cancellationToken).ConfigureAwait(false);
            return verification.IsAccepted && verification.ContentHash == contentHash && IsSignedBy(verification, fingerprint)
                ? null
                : Diagnostics.ChangedAfterSigning(path, times);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Diagnostics.ChangedAfterSigning(path, times + " It cannot be read now: " + e.Message);
        }
    }

    private static bool IsSignedBy(PackageVerification verification, string fingerprint) =>
        verification.Package?.Signature is { } signature
        && new[] { signature.Author, signature.Repository }
            .Any(signer => signer?.Certificate is { } certificate && Fingerprint.Sha256(certificate) == fingerprint);
}
