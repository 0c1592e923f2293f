namespace Sign.Build.Core.Timestamping;

/// <summary>
/// How long all signatures of a build together wait for a timestamp without getting one. It runs while at least one of them
/// waits, and starts anew with each timestamp: time in which nobody asks says nothing about the authorities.
/// Once it has passed, it has passed for the rest of the build.
/// </summary>
/// <param name="length"><c>SignBuildTimestampDeadline</c>.</param>
/// <param name="clock">Runs the deadline.</param>
internal sealed class BuildDeadline(TimeSpan length, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _passed = new(Timeout.InfiniteTimeSpan, clock);
    private int _waiting;

    public TimeSpan Length => length;

    /// <summary>Is cancelled when the deadline passes.</summary>
    public CancellationToken Passed => _passed.Token;

    public bool HasPassed => _passed.IsCancellationRequested;

    /// <summary>A signature begins to wait; with the first one the deadline begins to run.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_waiting++ == 0)
            {
                _passed.CancelAfter(length);
            }
        }
    }

    /// <summary>An authority gave an acceptable timestamp.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _passed.CancelAfter(length);
        }
    }

    /// <summary>A signature does not wait any more, whether it has its timestamp or not.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_waiting == 0)
            {
                _passed.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _passed.Dispose();
}
