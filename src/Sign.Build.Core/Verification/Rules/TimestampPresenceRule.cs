namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5003: there is a timestamp.</summary>
internal sealed class TimestampPresenceRule : IVerificationRule<JudgedSigner>
{
    public IEnumerable<Diagnostic> Check(JudgedSigner subject, RuleContext context)
    {
        if (subject.Signer.Timestamps.Count == 0)
        {
            yield return Diagnostics.NoTimestampInSignature($"{subject.Fix} with a timestamp authority (SignBuildTimestampUrl)", subject.Name);
        }
    }
}
