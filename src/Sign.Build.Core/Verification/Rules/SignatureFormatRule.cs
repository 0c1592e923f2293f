namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5006: attributes and content are as the format demands, and the signature verifies with its certificate.</summary>
internal sealed class SignatureFormatRule : IVerificationRule<JudgedSigner>
{
    public IEnumerable<Diagnostic> Check(JudgedSigner subject, RuleContext context) =>
        subject.Signer.Defects.Select(defect => Diagnostics.InvalidSignature(subject.Fix, subject.Name, defect.Reason, defect.NuGetCode));
}
