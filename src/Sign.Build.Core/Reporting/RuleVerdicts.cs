using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Reporting;

/// <summary>Findings turned round: what every rule says, also those that found nothing, and which ones nobody asked.</summary>
internal static class RuleVerdicts
{
    private static readonly Demand[] Demands =
    [
        new("SGN5001", "is signed", Always),
        new("SGN5002", "has an author signature", IsNuGetOrg),
        new("SGN5003", "has a timestamp", Always),
        new("SGN5004", "has exactly one timestamp", Always),
        new("SGN5005", "content is what was signed", Always),
        new("SGN5006", "signature is well-formed and verifies", Always),
        new("SGN5007", "keys are RSA of 2048 bits or more", Always),
        new("SGN5008", "certificates are issued for their purpose", Always),
        new("SGN5009", "certificates are valid", Always),
        new("SGN5010", "chains end in a trusted root", Always),
        new("SGN5011", "no certificate is revoked", AsksAboutRevocation),
        new("SGN5012", "revocation status is known", ReportsUnknownRevocation),
        new("SGN5013", "timestamp is well-formed and matches the signature", Always),
        new("SGN5014", "algorithms are accepted", Always),
        new("SGN5015", "certificate is registered", KnowsOwners),
        new("SGN5016", "signed by the required signer", HasRequiredSigner),
        new("SGN5017", "signing is allowed", KnowsOwners),
        new("SGN5018", "is not Zip64", Always),
        new("SGN5019", "has no author countersignature", IsNuGetOrg),
        new("SGN5020", "is not too large", IsNuGetOrg),
        new("SGN5021", "archive is one that the gallery takes", IsNuGetOrg),
        new("SGN5030", "is by a trusted signer", KnowsTrustedSigners),
        new("SGN5031", "is by the repository's certificate", KnowsTrustedSigners),
        new("SGN5032", "is by a trusted owner", KnowsTrustedSigners),
        new("SGN5090", "NuGet's verifier accepts it", IsNuGetOrg),
    ];

    public static IReadOnlyList<RuleReport> Of(PackageVerification verification, PolicySettings policy) =>
    [
        .. Demands.Select(rule => Verdict(rule.Code, rule.Rule, rule.IsAsked(policy), verification.Findings)),
    ];

    private static RuleReport Verdict(string code, string rule, bool isAsked, IReadOnlyList<Diagnostic> findings)
    {
        var own = findings.Where(finding => finding.Code == code).ToList();
        return own.Count == 0
            ? new RuleReport(code, rule, isAsked ? "passed" : "skipped", null)
            : new RuleReport(
                code,
                rule,
                own.Exists(finding => finding.Level == DiagnosticLevel.Error) ? "failed" : "warning",
                string.Join(" ", own.Select(finding => finding.Message)));
    }

    private static bool Always(PolicySettings policy) => true;

    private static bool IsNuGetOrg(PolicySettings policy) => policy.Policy == PolicyName.NuGetOrg;

    private static bool AsksAboutRevocation(PolicySettings policy) => policy.RevocationMode != RevocationMode.NoCheck;

    private static bool ReportsUnknownRevocation(PolicySettings policy) => policy.RevocationMode == RevocationMode.Online;

    private static bool KnowsOwners(PolicySettings policy) => policy.Owners.Count > 0;

    private static bool HasRequiredSigner(PolicySettings policy) => policy.RequiredSigner is not null;

    private static bool KnowsTrustedSigners(PolicySettings policy) => policy.TrustedSigners.Count > 0;

    /// <summary>What a code demands, and whether the settings ask for it.</summary>
    private sealed record Demand(string Code, string Rule, Func<PolicySettings, bool> IsAsked);
}
