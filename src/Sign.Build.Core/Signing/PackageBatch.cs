using System.Collections.Concurrent;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Signing;

/// <summary>Signs the packages of one project, several at a time, and fails closed: what is not signed is quarantined.</summary>
public static class PackageBatch
{
    /// <summary>Signs all packages; a bad one does not stop the others.</summary>
    /// <param name="session">Settings and shared parts.</param>
    /// <param name="paths">Absolute paths of packages.</param>
    /// <param name="log">Gets one line per package, and every error.</param>
    /// <param name="cancellationToken">Stops; packages without a signature are quarantined then, too.</param>
    /// <returns>The packages that are signed now, in the order of <paramref name="paths"/>. Fewer than given: the errors are in the log.</returns>
    /// <exception cref="SignBuildException">Nothing could be signed at all: bucket 1 or 2, or bucket 5 about the certificate.</exception>
    public static async Task<IReadOnlyList<SignedPackage>> SignAsync(
        SigningSession session, IReadOnlyList<string> paths, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var pending = new ConcurrentDictionary<string, bool>(paths.Distinct().Select(path => KeyValuePair.Create(path, true)));
        if (pending.IsEmpty)
        {
            return session.Settings.Mode == SigningMode.Required ? throw new SignBuildException(Diagnostics.NothingToSign()) : [];
        }

        try
        {
            var signer = await PackageSigner.CreateAsync(session, log, cancellationToken).ConfigureAwait(false);
            if (signer is null)
            {
                session.RequireSource();
                pending.Clear();
                return [];
            }

            return await SignAllAsync(session, signer, pending, [.. paths.Distinct()], log, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            QuarantineAll(session.Settings.RejectedPackages, pending.Keys, log);
        }
    }

    /// <summary>Renames packages that could not be signed, unless the user keeps them.</summary>
    public static void QuarantineAll(RejectedPackageBehavior behavior, IEnumerable<string> paths, ISignBuildLog log)
    {
        if (behavior == RejectedPackageBehavior.Keep)
        {
            return;
        }

        foreach (var path in paths)
        {
            try
            {
                if (Quarantine.Apply(path) is { } rejected)
                {
                    log.Detail($"{path} is not signed and was renamed to {rejected}.");
                }
            }
            catch (SignBuildException e)
            {
                log.Report(e.Diagnostic);
            }
        }
    }

    private static async Task<IReadOnlyList<SignedPackage>> SignAllAsync(
        SigningSession session, PackageSigner signer, ConcurrentDictionary<string, bool> pending, List<string> paths, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var signed = new SignedPackage?[paths.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = session.Settings.MaxParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, paths.Count, options, async (index, token) =>
        {
            try
            {
                var package = await signer.SignAsync(paths[index], token).ConfigureAwait(false);
                pending.TryRemove(paths[index], out _);
                signed[index] = package;
                log.Important(PackageLine.Of(package));
            }
            catch (SignBuildException e)
            {
                foreach (var cause in e.Causes)
                {
                    log.Report(cause.File is null ? cause.About(paths[index]) : cause);
                }
            }
        }).ConfigureAwait(false);
        return [.. signed.OfType<SignedPackage>()];
    }
}
