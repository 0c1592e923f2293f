namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5004: there is only one timestamp.</summary>
internal sealed class SingleTimestampRule : IVerificationRule<JudgedSigner>
{
    public IEnumerable<Diagnostic> Check(JudgedSigner subject, RuleContext context)
    {
        if (subject.Signer.Timestamps.Count > 1)
        {
            yield return Diagnostics.SeveralTimestamps(subject.Fix, subject.Name, subject.Signer.Timestamps.Count);
        }
    }
}
