using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5020: nuget.org takes requests of 256,000 KB (NuGetGallery, Web.config, maxRequestLength and maxAllowedContentLength).</summary>
internal sealed class PackageSizeRule : IVerificationRule<InspectedPackage>
{
    public const long Limit = 256_000L * 1024;

    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        if (context.Policy.Name == PolicyName.NuGetOrg && subject.Length > Limit)
        {
            yield return Diagnostics.TooLargeForNuGetOrg(subject.Length, Limit);
        }
    }
}
