namespace Sign.Build.Core.Timestamping;

/// <summary>
/// How often and how long one authority is asked for one signature. An authority with another one behind it gets the time
/// of one request: going on is faster than hoping. The last one gets more, because after it the build fails.
/// </summary>
/// <param name="RequestTimeout"><c>SignBuildTimestampTimeout</c>.</param>
internal sealed record RetryPolicy(TimeSpan RequestTimeout)
{
    private const int Attempts = 4;
    private const int ThrottledAttempts = 12;
    private const double FirstDelaySeconds = 0.5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>What one signature may take at one authority, everything included: also waiting until it is its turn.</summary>
    public TimeSpan Deadline => TimeSpan.FromMinutes(5) + (3 * RequestTimeout);

    /// <summary>The pause before the next attempt, or null where there shall be none.</summary>
    /// <param name="failure">What the last attempt gave.</param>
    /// <param name="attempt">Number of the last attempt, from 1.</param>
    /// <param name="elapsed">Since the first attempt.</param>
    /// <param name="isLast">No other authority could be asked.</param>
    public TimeSpan? NextDelay(TimestampFailureException failure, int attempt, TimeSpan elapsed, bool isLast)
    {
        var throttled = failure.Kind == TimestampFailureKind.Throttled;
        if (failure.Kind == TimestampFailureKind.Permanent || attempt >= (throttled ? ThrottledAttempts : Attempts))
        {
            return null;
        }

        var delay = Backoff(attempt);
        if (failure.RetryAfter is { } wanted && wanted > delay)
        {
            delay = wanted;
        }

        var patience = !isLast ? RequestTimeout : throttled ? Deadline : 3 * RequestTimeout;
        return delay <= LongestWait && elapsed + delay <= patience ? delay : null;
    }

    // Exponential, the upper half at random, so that builds that failed together do not come back together.
    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(FirstDelaySeconds * (1 << (attempt - 1)), LongestWait.TotalSeconds) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
