namespace Sign.Build.Testing;

/// <summary>A clock that stands still until the test moves it; timers that have become due then fire on the test's thread. Begins at the real time.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Lock _lock = new();
    private readonly Dictionary<Timer, TimeSpan> _due = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + Now;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time)
    {
        Timer[] fired;
        lock (_lock)
        {
            _now += time;
            fired = [.. _due.Where(entry => entry.Value <= _now).OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        }

        foreach (var timer in fired)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._due.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._due[this] = clock._now + dueTime;
                }
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._lock)
            {
                if (!clock._due.Remove(this))
                {
                    return;
                }
            }

            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
