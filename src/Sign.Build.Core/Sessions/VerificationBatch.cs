using Sign.Build.Core.Archives;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Sessions;

/// <summary>Checks any number of packages against the policy, several at a time. Changes and moves nothing.</summary>
public static class VerificationBatch
{
    private const int ProgressInterval = 250;

    /// <summary>Verifies all packages and reports what is wrong with each.</summary>
    /// <param name="session">Settings and shared parts.</param>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="log">Gets every finding, with the package as its file, a line per package, progress and a summary.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was found, in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<VerifiedPackage>> VerifyAsync(
        SigningSession session, IReadOnlyList<string> paths, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            throw new SignBuildException(Diagnostics.NoPackagesMatched());
        }

        var verifier = await session.GetVerifierAsync(withContentHash: false, cancellationToken).ConfigureAwait(false);
        var results = new VerifiedPackage[paths.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, paths.Count, options, async (index, token) =>
        {
            var verification = await VerifyOneAsync(verifier, paths[index], token).ConfigureAwait(false);
            results[index] = VerifiedPackages.Of(verification, ReadIdentity(verification));
            log.Detail(VerifiedPackages.Line(results[index]));
            foreach (var finding in verification.Findings)
            {
                if (finding.Level == DiagnosticLevel.Error || session.IsFirst(finding.Code + finding.Message))
                {
                    log.Report(finding.File is null ? finding.About(paths[index]) : finding);
                }
            }

            var count = Interlocked.Increment(ref done);
            if (count % ProgressInterval == 0)
            {
                log.Important($"Verified {count} of {paths.Count} packages.");
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

    // Verification needs neither; who reads the report does.
    private static PackageIdentity? ReadIdentity(PackageVerification verification)
    {
        try
        {
            return verification.Package is null ? null : PackageIdentityReader.Read(verification.Path);
        }
        catch (Exception e) when (e is ArchiveFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
