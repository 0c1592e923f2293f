using System.Collections.Concurrent;

namespace Sign.Build.Testing;

/// <summary>
/// A clock on which nobody waits: a timer is due at once, and the time it would have taken has passed.
/// Only timers of the durations named at the start wait, until the test lets them expire. Begins at the real time.
/// </summary>
/// <param name="held">Durations that do not pass by themselves: the bounds that a test does not want to reach.</param>
public sealed class TestClock(params TimeSpan[] held) : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly ConcurrentDictionary<Timer, TimeSpan> _held = new();
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _passed;

    /// <summary>Every wait that has passed, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(GetTimestamp());

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    /// <summary>Lets every timer of this duration expire that waits now.</summary>
    public void Expire(TimeSpan duration)
    {
        Advance(duration);

        // Not the ones that somebody starts because another one has expired.
        foreach (var (timer, _) in _held.ToArray().Where(entry => entry.Value == duration))
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

    private bool IsHeld(TimeSpan duration) => held.Contains(duration);

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._held.TryRemove(this, out _);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            if (clock.IsHeld(dueTime))
            {
                clock._held[this] = dueTime;
                return true;
            }

            clock._waits.Enqueue(dueTime);
            clock.Advance(dueTime);
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            return true;
        }

        public void Fire()
        {
            if (clock._held.TryRemove(this, out _))
            {
                callback(state);
            }
        }

        public void Dispose() => clock._held.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
