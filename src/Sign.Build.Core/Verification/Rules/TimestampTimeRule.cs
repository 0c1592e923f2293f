namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5013: the timestamp is not from the future. A day is left for clocks that are wrong.</summary>
internal sealed class TimestampTimeRule : IVerificationRule<JudgedTimestamp>
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    public IEnumerable<Diagnostic> Check(JudgedTimestamp subject, RuleContext context)
    {
        if (subject.Timestamp.Time is { } time && time - context.Now > Tolerance)
        {
            yield return Diagnostics.InvalidTimestamp(
                TimestampFormatRule.Fix, subject.Subject, $"its time {TimeRange.Format(time)} is in the future; now it is {TimeRange.Format(context.Now)}", nuGetCode: null);
        }
    }
}
