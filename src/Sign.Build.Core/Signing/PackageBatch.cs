using System.Collections.Concurrent;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Signing;

/// <summary>Gives the packages of one project an author signature, and fails closed: what is not signed is quarantined.</summary>
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
        string[] packages = [.. paths.Distinct()];
        var pending = new ConcurrentDictionary<string, string>(packages.ToDictionary(path => path));
        if (packages.Length == 0)
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

            return await ParallelSigning.RunAsync(packages, signer.InProgress, SignOneAsync, log, cancellationToken).ConfigureAwait(false);

            async Task<SignedPackage> SignOneAsync(string path, CancellationToken token)
            {
                var signed = await signer.SignAsync(path, token).ConfigureAwait(false);
                pending.TryRemove(path, out _);
                return signed;
            }
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
}
