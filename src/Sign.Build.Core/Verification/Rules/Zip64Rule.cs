namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5018: no Zip64. Nothing else can be said about such a package.</summary>
internal sealed class Zip64Rule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        if (subject.IsZip64)
        {
            yield return Diagnostics.Zip64Package();
        }
    }
}
