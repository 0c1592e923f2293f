using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5019: no author countersigns. SGN5006: a countersignature says clearly whose it is. Countersignatures of unknown type mean
/// nothing to NuGet. Those of repositories are judged like signatures under Private, and where a package is trusted for one;
/// else nuget.org strips what it does not like (SignatureValidator: foreign, invalid or several ones are removed, never rejected).
/// </summary>
internal sealed class CountersignatureRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        var countersignatures = subject.Signature?.Countersignatures ?? [];
        if (countersignatures.Any(countersignature => countersignature.Type == PackageSignatureType.Author))
        {
            yield return Diagnostics.AuthorCountersignature();
        }

        foreach (var countersignature in countersignatures.Where(countersignature => IsReadByNuGetOrg(countersignature, context)))
        {
            foreach (var defect in countersignature.Defects.Where(defect => defect.NuGetCode is "NU3000" or "NU3031"))
            {
                yield return Diagnostics.InvalidSignature("Sign the package again without countersignature", "a countersignature", defect.Reason, defect.NuGetCode);
            }
        }

        // NuGet reads all signatures of a package before it judges any, and fails on these whatever their type.
        foreach (var defect in RepositoryCount(subject, context))
        {
            yield return Diagnostics.InvalidSignature("Let the repository sign the package again", "the countersignature", defect.Reason, defect.NuGetCode);
        }
    }

    // Private judges repositories' countersignatures completely, as signers. One whose type cannot be read has a defect; one of
    // another type has none.
    private static bool IsReadByNuGetOrg(InspectedCountersignature countersignature, RuleContext context) =>
        countersignature.Type == PackageSignatureType.Unknown
        || (countersignature.Type == PackageSignatureType.Repository && context.Policy.Name == PolicyName.NuGetOrg);

    private static IEnumerable<SignatureDefect> RepositoryCount(InspectedPackage subject, RuleContext context)
    {
        var repositories = subject.Signature?.Countersignatures.Count(countersignature => countersignature.Type == PackageSignatureType.Repository) ?? 0;
        if (context.Policy.Name != PolicyName.Private || repositories == 0)
        {
            yield break;
        }

        if (subject.Signature!.Type == PackageSignatureType.Repository)
        {
            yield return new SignatureDefect("NU3033", "the signature is a repository's already, and then there must be none");
        }
        else if (repositories > 1)
        {
            yield return new SignatureDefect("NU3032", $"there are {repositories} by repositories, and one is the most");
        }
    }
}
