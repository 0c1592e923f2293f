using System.Collections.Concurrent;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

/// <summary>A clock that does not wait: it notes how long it should have, and jumps there.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long _ahead;

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public TimeSpan Waited => Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Enqueue(dueTime);
        Interlocked.Add(ref _ahead, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
