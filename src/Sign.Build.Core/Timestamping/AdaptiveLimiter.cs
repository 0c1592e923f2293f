namespace Sign.Build.Core.Timestamping;

/// <summary>
/// How many requests one authority gets at once. As many as there are callers, until it says that this is too much (429);
/// then half as many, and after each success a little more. While it wants to be left alone, everybody waits.
/// </summary>
internal sealed class AdaptiveLimiter(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly long _start = clock.GetTimestamp();
    private double _limit = int.MaxValue;
    private int _inFlight;
    private int _slowDowns;
    private TimeSpan _pauseEnd;

    /// <summary>Waits for a place, first come, first served, and for the end of a pause.</summary>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await GetPlaceAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (PauseLeft() is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }

        lock (_lock)
        {
            return new Place(this, _slowDowns);
        }
    }

    private async Task GetPlaceAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(turn);
            LetIn();
        }

        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task.ConfigureAwait(false);
    }

    private TimeSpan PauseLeft()
    {
        lock (_lock)
        {
            // Timers count whole milliseconds; rounded down, the last part of one would be waited for in a loop.
            return TimeSpan.FromMilliseconds(Math.Ceiling((_pauseEnd - clock.GetElapsedTime(_start)).TotalMilliseconds));
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            LetIn();
        }
    }

    // Needs the lock. One that was cancelled while it waited does not take its turn.
    private void LetIn()
    {
        while (_inFlight < (int)_limit && _waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
            {
                _inFlight++;
            }
        }
    }

    private void SpeedUp()
    {
        lock (_lock)
        {
            _limit += 1 / _limit;
            LetIn();
        }
    }

    private void SlowDown(int slowDownsAtStart, TimeSpan pause)
    {
        lock (_lock)
        {
            // Requests that started together are refused together; that is one signal, not many.
            if (slowDownsAtStart == _slowDowns)
            {
                _slowDowns++;
                _limit = Math.Max(1, Math.Min(_limit, _inFlight) / 2);
            }

            var end = clock.GetElapsedTime(_start) + pause;
            _pauseEnd = end > _pauseEnd ? end : _pauseEnd;
        }
    }

    /// <summary>One place; to be disposed when the request has ended.</summary>
    public sealed class Place(AdaptiveLimiter limiter, int slowDownsAtStart) : IDisposable
    {
        /// <summary>The authority answered.</summary>
        public void Succeeded() => limiter.SpeedUp();

        /// <summary>The authority has too many requests and wants to be left alone for <paramref name="pause"/>.</summary>
        public void Refused(TimeSpan pause) => limiter.SlowDown(slowDownsAtStart, pause);

        /// <inheritdoc/>
        public void Dispose() => limiter.Leave();
    }
}
