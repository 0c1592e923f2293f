namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5001: the package must be signed. Where the owners are known, nuget.org's table decides; it takes an unsigned package
/// as long as one owner who may sign has no certificate registered. Where trusted signers are listed, nobody's signature is not one of theirs.
/// </summary>
internal sealed class SignedRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        var policy = context.Policy;
        if (!subject.IsSigned)
        {
            if (policy.Owners.Count == 0 || policy.TrustedSigners.Count > 0)
            {
                yield return Diagnostics.NotSigned("it has no signature");
            }
            else if (MustBeSigned(policy))
            {
                yield return Diagnostics.NotSigned($"it has no signature, and {Reason(policy)}");
            }
        }
        else if (policy.Owners.Count > 0 && subject.Signature?.Type == PackageSignatureType.Repository && MustBeSigned(policy))
        {
            yield return Diagnostics.NotSigned($"it has a repository's signature only, and {Reason(policy)}");
        }
    }

    private static bool MustBeSigned(VerificationPolicy policy) =>
        RegistrationTable.Decide(policy.Owners, policy.RequiredSigner, fingerprint: null) == RegistrationVerdict.MustBeSigned;

    private static string Reason(VerificationPolicy policy) => policy.RequiredSigner is { } signer
        ? $"the required signer '{SafeText.Line(signer)}' has registered a certificate, so that nuget.org rejects unsigned packages"
        : "every owner has registered a certificate, so that nuget.org rejects unsigned packages";
}
