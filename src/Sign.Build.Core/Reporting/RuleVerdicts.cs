using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Reporting;

/// <summary>Findings turned round: what every rule says, also those that found nothing.</summary>
internal static class RuleVerdicts
{
    // Code, demand, and whether only nuget.org demands it.
    private static readonly (string Code, string Rule, bool OnlyNuGetOrg)[] Rules =
    [
        ("SGN5001", "is signed", false),
        ("SGN5002", "has an author signature", true),
        ("SGN5003", "has a timestamp", false),
        ("SGN5004", "has exactly one timestamp", false),
        ("SGN5005", "content is what was signed", false),
        ("SGN5006", "signature is well-formed and verifies", false),
        ("SGN5007", "keys are RSA of 2048 bits or more", false),
        ("SGN5008", "certificates are issued for their purpose", false),
        ("SGN5009", "certificates are valid", false),
        ("SGN5010", "chains end in a trusted root", false),
        ("SGN5011", "no certificate is revoked", false),
        ("SGN5012", "revocation status is known", false),
        ("SGN5013", "timestamp is well-formed and matches the signature", false),
        ("SGN5014", "algorithms are accepted", false),
        ("SGN5015", "certificate is registered", false),
        ("SGN5016", "signed by the required signer", false),
        ("SGN5017", "signing is allowed", false),
        ("SGN5018", "is not Zip64", false),
        ("SGN5019", "has no author countersignature", true),
        ("SGN5020", "is not too large", true),
        ("SGN5021", "archive is one that the gallery takes", true),
        ("SGN5030", "is by a trusted signer", false),
        ("SGN5031", "is by the repository's certificate", false),
        ("SGN5032", "is by a trusted owner", false),
        ("SGN5090", "NuGet's verifier accepts it", true),
    ];

    public static IReadOnlyList<RuleReport> Of(PackageVerification verification, PolicyName policy) =>
    [
        .. Rules.Where(rule => policy == PolicyName.NuGetOrg || !rule.OnlyNuGetOrg).Select(rule => Verdict(rule.Code, rule.Rule, verification.Findings)),
    ];

    private static RuleReport Verdict(string code, string rule, IReadOnlyList<Diagnostic> findings)
    {
        var own = findings.Where(finding => finding.Code == code).ToList();
        var verdict = own.Count == 0 ? "passed" : own.Exists(finding => finding.Level == DiagnosticLevel.Error) ? "failed" : "warning";
        return new RuleReport(code, rule, verdict, own.Count == 0 ? null : string.Join(" ", own.Select(finding => finding.Message)));
    }
}
