namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5006: the signature entry is as NuGet writes it, and holds a CMS with one signer.</summary>
internal sealed class ReadableSignatureRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context) =>
        subject.Defects.Select(defect => Diagnostics.InvalidSignature("Sign the package again", "its signature", defect.Reason, defect.NuGetCode));
}
