namespace Sign.Build.Core.Signing;

/// <summary>
/// Bounds how many packages are read, signed and written at the same time. One that waits for its timestamp gives its place to
/// another: waiting costs nothing, and a folder of packages would otherwise take as long as its timestamps one after the other.
/// </summary>
/// <param name="count">Packages that are worked on at the same time.</param>
internal sealed class SigningPlaces(int count) : IDisposable
{
    // What waits holds its files open, and the authority's patience has an end.
    private const int WaitingPerPlace = 3;

    private readonly SemaphoreSlim _free = new(count);

    /// <summary>Packages that may be begun and not finished: those in a place, and those that wait for a timestamp.</summary>
    public int InProgress => count * (1 + WaitingPerPlace);

    /// <summary>Does <paramref name="work"/> in a place.</summary>
    public async Task<T> WorkAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Gives the place away for <paramref name="wait"/>, and goes on when there is one again.</summary>
    public async Task<T> WaitOutsideAsync<T>(Func<Task<T>> wait)
    {
        _free.Release();
        try
        {
            return await wait().ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure or a cancellation, because the place will be given back. Nobody in a place waits for another.
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
