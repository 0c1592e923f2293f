namespace Sign.Build.Core.Chains;

/// <summary>
/// A check that runs, and its answer: what it found within the limit, or what stands for silence. The first who needs
/// the answer fixes it for everybody, so that no two chains tell different things about one certificate.
/// </summary>
internal sealed class PendingCheck
{
    private readonly Lazy<RevocationAnswer> _answer;

    /// <summary>A check that is done.</summary>
    public PendingCheck(RevocationAnswer answer)
    {
        _answer = new Lazy<RevocationAnswer>(answer);
    }

    /// <summary>Starts <paramref name="work"/> on a thread of its own: it blocks, and pool threads are for others.</summary>
    public PendingCheck(Func<RevocationAnswer> work, Func<RevocationAnswer> giveUp, TimeSpan limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _answer = new Lazy<RevocationAnswer>(() =>
        {
            var rest = limit - TimeProvider.System.GetElapsedTime(start);
            return task.Wait(rest > TimeSpan.Zero ? rest : TimeSpan.Zero) ? task.Result : giveUp();
        });
    }

    /// <summary>Waits for the answer until the limit.</summary>
    public RevocationAnswer Answer => _answer.Value;
}
