namespace Sign.Build.Core.Signing;

/// <summary>Signs many packages, several at a time. A bad one does not stop the others.</summary>
internal static class ParallelSigning
{
    /// <summary>Runs <paramref name="sign"/> for every path.</summary>
    /// <param name="paths">Absolute paths, each once.</param>
    /// <param name="parallelism">At most so many at the same time.</param>
    /// <param name="sign">Signs one package.</param>
    /// <param name="log">Gets one line per package, every error, and a summary of several packages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The packages that are signed now, in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<SignedPackage>> RunAsync(
        IReadOnlyList<string> paths, int parallelism, Func<string, CancellationToken, Task<SignedPackage>> sign, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var signed = new SignedPackage?[paths.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(paths.Select((path, index) => new Place(path, index)), options, async (place, token) =>
        {
            try
            {
                var package = await sign(place.Path, token).ConfigureAwait(false);
                signed[place.Index] = package;
                log.Important(PackageLine.Of(package));
            }
            catch (SignBuildException e)
            {
                foreach (var cause in e.Causes)
                {
                    log.Report(cause.File is null ? cause.About(place.Path) : cause);
                }
            }
        }).ConfigureAwait(false);

        SignedPackage[] results = [.. signed.OfType<SignedPackage>()];
        if (paths.Count > 1)
        {
            log.Important(PackageLine.Summary(results, paths.Count));
        }

        return results;
    }

    private sealed record Place(string Path, int Index);
}
