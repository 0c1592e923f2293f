using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Sessions;

/// <summary>Checks any number of packages against the policy, several at a time. Changes and moves nothing.</summary>
public static class VerificationBatch
{
    private const int ProgressInterval = 250;

    /// <summary>Verifies all packages and reports what is wrong with each.</summary>
    /// <param name="session">Settings and shared parts.</param>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="log">Gets every finding, with the package as its file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The verifications in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<PackageVerification>> VerifyAsync(
        SigningSession session, IReadOnlyList<string> paths, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            throw new SignBuildException(Diagnostics.NoPackagesMatched());
        }

        var verifier = await session.GetVerifierAsync(withContentHash: false, cancellationToken).ConfigureAwait(false);
        var results = new PackageVerification[paths.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, paths.Count, options, async (index, token) =>
        {
            results[index] = await VerifyOneAsync(verifier, paths[index], token).ConfigureAwait(false);
            foreach (var finding in results[index].Findings)
            {
                if (finding.Level == DiagnosticLevel.Error || session.IsFirst(finding.Code + finding.Message))
                {
                    log.Report(finding.File is null ? finding.About(paths[index]) : finding);
                }
            }

            if (Interlocked.Increment(ref done) % ProgressInterval == 0)
            {
                log.Important($"Verified {done} of {paths.Count} packages.");
            }
        }).ConfigureAwait(false);

        var accepted = results.Count(result => result.IsAccepted);
        log.Important($"{accepted} of {paths.Count} packages accepted by policy {session.Settings.Policy.Policy}, {paths.Count - accepted} rejected.");
        return results;
    }

    private static async Task<PackageVerification> VerifyOneAsync(PackageVerifier verifier, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await verifier.VerifyAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PackageVerification(path, null, [Diagnostics.FileAccess(path, e.Message)]);
        }
    }
}
