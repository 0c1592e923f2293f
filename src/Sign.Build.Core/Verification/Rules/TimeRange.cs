namespace Sign.Build.Core.Verification.Rules;

/// <summary>When something happened, as exactly as a timestamp says it.</summary>
internal readonly record struct TimeRange(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>A time and how far it may be off. A token can claim any accuracy; it is cut where the calendar ends.</summary>
    public static TimeRange Around(DateTimeOffset time, TimeSpan accuracy)
    {
        var before = time.UtcDateTime - DateTime.MinValue;
        var after = DateTime.MaxValue - time.UtcDateTime;
        return new TimeRange(time - (accuracy < before ? accuracy : before), time + (accuracy < after ? accuracy : after));
    }

    /// <summary>The time for messages.</summary>
    public static string Format(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    public override string ToString() => Earliest == Latest ? Format(Earliest) : $"{Format(Earliest)} to {Format(Latest)}";
}
