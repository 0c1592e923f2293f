using System.Security.Cryptography;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Timestamping;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Preflight;

/// <summary>
/// Finds out before the build, in seconds, whether signing would succeed: the certificate is there, its key signs, the rules
/// accept it, and an authority gives an acceptable timestamp. Goes through the same parts as signing, and signs no package.
/// </summary>
/// <param name="source">Where the identity comes from, as it may be shown to anybody.</param>
/// <param name="acquire">Gets the identity; who gave the function owns it.</param>
/// <param name="judge">Holds the certificate to the policy: key, purpose, validity, expiry, chain, revocation, registration.</param>
/// <param name="timestamps">The authorities that packages will be timestamped by; they judge their tokens.</param>
/// <param name="writerFor">Makes the signatures of an identity.</param>
internal sealed class PreflightCheck(
    string source,
    Func<CancellationToken, Task<SigningIdentity>> acquire,
    CertificateJudge judge,
    ITimestampAuthority timestamps,
    Func<SigningIdentity, SignatureWriter> writerFor)
{
    // As long as a signature by a 2048-bit key, which is what authorities otherwise get the hash of.
    private const int TrialLength = 256;

    /// <summary>Runs every check, those that wait for the network side by side.</summary>
    /// <returns>All findings; one broken part does not hide what is wrong with another.</returns>
    public async Task<PreflightReport> RunAsync(CancellationToken cancellationToken)
    {
        var timestamp = OwnThread.RunAsync(() => CheckTimestampsAsync(cancellationToken));
        var signer = OwnThread.RunAsync(() => CheckSignerAsync(cancellationToken));
        await Task.WhenAll(timestamp, signer).ConfigureAwait(false);

        var timestamped = await timestamp.ConfigureAwait(false);
        var report = await signer.ConfigureAwait(false);
        return report with { TimestampAuthority = timestamped.TimestampAuthority, Findings = [.. report.Findings.Concat(timestamped.Findings).Distinct()] };
    }

    private async Task<PreflightReport> CheckSignerAsync(CancellationToken cancellationToken)
    {
        SigningIdentity identity;
        try
        {
            identity = await acquire(cancellationToken).ConfigureAwait(false);
        }
        catch (SignBuildException exception)
        {
            return new PreflightReport(exception.Causes);
        }

        // Keys and revocation servers may be far away, and both block.
        var trial = OwnThread.RunAsync(() => TrySignAsync(identity, cancellationToken));
        var judgement = OwnThread.RunAsync(() => Task.FromResult(judge.Judge(identity.Certificate, identity.AdditionalCertificates)));
        await Task.WhenAll(trial, judgement).ConfigureAwait(false);
        return new PreflightReport([.. await trial.ConfigureAwait(false), .. await judgement.ConfigureAwait(false)])
        {
            Signer = SafeText.DisplayName(identity.Certificate),
            Fingerprint = identity.Fingerprint,
            ExpiresOn = identity.Certificate.NotAfter.ToUniversalTime(),
        };
    }

    // Only a signature shows that the key may be used, answers, and is this certificate's; and only one that is made and read as
    // those of packages are, that nothing else is in the way.
    private async Task<IReadOnlyList<Diagnostic>> TrySignAsync(SigningIdentity identity, CancellationToken cancellationToken)
    {
        byte[] trial;
        try
        {
            trial = await writerFor(identity).TryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SignBuildException exception)
        {
            return [.. exception.Causes];
        }

        var (signature, defect) = SignatureInspector.Inspect(trial);
        return defect is null && signature!.Defects.Count == 0
            ? []
            : [NoUsableKey(identity, "Give the certificate the key that belongs to it: a trial signature does not verify with the certificate's public key.")];
    }

    private Diagnostic NoUsableKey(SigningIdentity identity, string fix) =>
        Diagnostics.NoPrivateKey(source, SafeText.DisplayName(identity.Certificate), fix);

    private async Task<PreflightReport> CheckTimestampsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var timestamp = await timestamps.TimestampAsync(RandomNumberGenerator.GetBytes(TrialLength), cancellationToken).ConfigureAwait(false);
            return new PreflightReport([]) { TimestampAuthority = timestamp.Authority };
        }
        catch (SignBuildException exception)
        {
            return new PreflightReport(exception.Causes);
        }
    }
}
