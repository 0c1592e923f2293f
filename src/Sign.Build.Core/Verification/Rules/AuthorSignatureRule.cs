using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5002: the primary signature is an author's; for a private feed a repository's will do.</summary>
internal sealed class AuthorSignatureRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        switch (subject.Signature)
        {
            case { Type: PackageSignatureType.Unknown, HasConflictingTypes: false }:
                yield return Diagnostics.NotAuthorSignature("neither an author's nor a repository's: it has no commitment type that NuGet knows");
                break;
            case { Type: PackageSignatureType.Repository } when context.Policy.Name == PolicyName.NuGetOrg:
                yield return Diagnostics.NotAuthorSignature("a repository's, and nuget.org accepts only an author's");
                break;
        }
    }
}
