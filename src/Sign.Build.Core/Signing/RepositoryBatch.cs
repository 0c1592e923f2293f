using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Core.Signing;

/// <summary>Gives the packages of a feed repository signatures. Each file is afterwards what it was, or signed; none is moved.</summary>
public static class RepositoryBatch
{
    /// <summary>Signs or countersigns all packages; a bad one does not stop the others.</summary>
    /// <param name="session">Settings and shared parts.</param>
    /// <param name="paths">Absolute paths of packages.</param>
    /// <param name="log">Gets one line per package, every error, and a summary.</param>
    /// <param name="cancellationToken">Stops between packages, and leaves each as it is.</param>
    /// <returns>The packages that carry the repository's signature now. Fewer than given: the errors are in the log.</returns>
    /// <exception cref="SignBuildException">Nothing could be signed at all.</exception>
    public static async Task<IReadOnlyList<SignedPackage>> SignAsync(
        SigningSession session, IReadOnlyList<string> paths, ISignBuildLog log, CancellationToken cancellationToken)
    {
        string[] packages = [.. paths.Distinct()];
        if (packages.Length == 0)
        {
            throw new SignBuildException(Diagnostics.NoPackagesMatched());
        }

        var signer = await RepositorySigner.CreateAsync(session, log, cancellationToken).ConfigureAwait(false);
        return await ParallelSigning.RunAsync(packages, signer.InProgress, signer.SignAsync, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same settings with the rules for a feed of one's own: nuget.org's allow no repository signature.</summary>
    public static SignBuildSettings WithRepositoryRules(SignBuildSettings settings) =>
        settings with { Policy = settings.Policy with { Policy = PolicyName.Private } };
}
