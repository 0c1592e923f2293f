namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5013: the token is a timestamp, names its certificate, and its own signature verifies.</summary>
internal sealed class TimestampFormatRule : IVerificationRule<JudgedTimestamp>
{
    public const string Fix = "Sign again, with another timestamp authority if this repeats";

    public IEnumerable<Diagnostic> Check(JudgedTimestamp subject, RuleContext context) =>
        subject.Timestamp.Defects.Select(defect => Diagnostics.InvalidTimestamp(Fix, subject.Subject, defect.Reason, defect.NuGetCode));
}
