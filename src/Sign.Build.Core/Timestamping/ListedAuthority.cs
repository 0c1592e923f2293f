namespace Sign.Build.Core.Timestamping;

/// <summary>One authority of a list, with what the build has learned about it.</summary>
internal sealed class ListedAuthority(Rfc3161TimestampAuthority client, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _failed = new();
    private string? _failure;
    private string _news = "not asked";

    public Rfc3161TimestampAuthority Client => client;

    public string Name => client.Name;

    public AdaptiveLimiter Limiter { get; } = new(clock);

    /// <summary>Why it is not asked any more, or null while it is.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>The last that was heard of it, for an error that names every authority. Not a reason to give it up.</summary>
    public string News => Volatile.Read(ref _news);

    /// <summary>Is cancelled when the authority has failed: whoever still waits for it should go on.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>It is asked now. A failure of an earlier request says more than that.</summary>
    public void Asked() => Interlocked.CompareExchange(ref _news, "no answer", "not asked");

    /// <summary>A request gave nothing; another one may follow.</summary>
    public void Failing(string reason) => Volatile.Write(ref _news, reason);

    /// <summary>It gave an acceptable timestamp.</summary>
    public void Succeeded() => Volatile.Write(ref _news, "no answer since its last timestamp");

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
