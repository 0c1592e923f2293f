namespace Sign.Build.Core.Timestamping;

/// <summary>One authority of a list, with what the build has learned about it.</summary>
internal sealed class ListedAuthority(Rfc3161TimestampAuthority client, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _failed = new();
    private string? _failure;

    public Rfc3161TimestampAuthority Client => client;

    public string Name => client.Name;

    public AdaptiveLimiter Limiter { get; } = new(clock);

    /// <summary>Why it is not asked any more, or null while it is.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Is cancelled when the authority has failed: whoever still waits for it should go on.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Gives the authority up for the rest of the build.</summary>
    /// <returns>False where somebody else has done so before.</returns>
    public async Task<bool> GiveUpAsync(string reason)
    {
        if (Interlocked.CompareExchange(ref _failure, reason, null) is not null)
        {
            return false;
        }

        await _failed.CancelAsync().ConfigureAwait(false);
        return true;
    }

    public void Dispose() => _failed.Dispose();
}
