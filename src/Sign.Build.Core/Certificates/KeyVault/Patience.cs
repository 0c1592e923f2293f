using System.Globalization;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>How long one operation goes on: shortly with a vault that fails or is silent, longer with one that says when to come back.</summary>
internal sealed class Patience(KeyVaultLimits limits, TimeProvider clock)
{
    private long _start;
    private long _lastAnswer;
    private int _attempts;
    private int _failures;

    /// <summary>A request goes out.</summary>
    /// <returns>How long it may take.</returns>
    public TimeSpan Ask()
    {
        if (_attempts++ == 0)
        {
            // Time in the queue before is nobody's fault.
            _start = _lastAnswer = clock.GetTimestamp();
        }

        var left = limits.Silence - clock.GetElapsedTime(_lastAnswer);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < limits.Attempt ? left : limits.Attempt;
    }

    /// <summary>An answer came, whatever it says.</summary>
    public void Answered() => _lastAnswer = clock.GetTimestamp();

    /// <summary>How long to wait before the next attempt, or null where there shall be none.</summary>
    /// <param name="reply">The answer to the last attempt, or null where there was none.</param>
    public TimeSpan? NextPause(KeyVaultReply? reply)
    {
        _failures++;
        var pause = limits.Delay * Math.Pow(2, Math.Min(_failures - 1, 16)) * (0.8 + (Random.Shared.NextDouble() * 0.4));
        pause = pause < limits.MaxDelay ? pause : limits.MaxDelay;
        if (reply?.RetryAfter is { } asked && asked > pause)
        {
            pause = asked;
        }

        var throttled = reply is { IsThrottled: true };
        var end = throttled ? limits.Total - clock.GetElapsedTime(_start) : limits.Silence - clock.GetElapsedTime(_lastAnswer);
        return pause < end && (throttled || _failures < limits.Attempts) ? pause : null;
    }

    /// <summary>The last reason, and what was done about it.</summary>
    public string Describe(string reason, KeyVaultReply? reply)
    {
        var waiting = reply?.RetryAfter is { } asked && asked > limits.Total - clock.GetElapsedTime(_start)
            ? $"; it asks to wait {Seconds(asked)} more, which is longer than a build waits"
            : "";
        return $"{reason} ({_attempts} {(_attempts == 1 ? "request" : "requests")} in {Seconds(clock.GetElapsedTime(_start))}{waiting})";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
