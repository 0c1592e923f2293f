namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5013: the token is over this signature.</summary>
internal sealed class TimestampImprintRule : IVerificationRule<JudgedTimestamp>
{
    public IEnumerable<Diagnostic> Check(JudgedTimestamp subject, RuleContext context)
    {
        if (subject.IsOverSignature == false)
        {
            yield return Diagnostics.InvalidTimestamp(TimestampFormatRule.Fix, subject.Subject, "it was made over something else than this signature", "NU3019");
        }
    }
}
