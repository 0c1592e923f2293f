using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5011: neither the certificate nor an issuer is revoked, whenever that happened: nuget.org rejects a push then, and when
/// exactly a key was lost nobody knows. SGN5012: nobody could say.
/// </summary>
internal sealed class CertificateRevocationRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        var chain = subject.Chain(context);
        foreach (var problem in chain.Problems.Where(problem => problem.Kind == ChainProblemKind.Revoked))
        {
            yield return Diagnostics.Revoked(
                subject.Role.Fix("another certificate"),
                subject.Subject,
                $"{(IsLeaf(problem, chain) ? "is" : $"has the issuer {CertificateUse.Describe(problem.Certificate)}, which is")} revoked: {Detail(problem)}",
                subject.Role.Codes.Revoked);
        }

        if (!context.Policy.ReportsUnknownRevocation)
        {
            yield break;
        }

        // One silent server is one finding, however many certificates of the chain it would have to vouch for.
        var unknown = chain.Problems.Where(problem => problem.Kind == ChainProblemKind.RevocationUnknown).ToList();
        if (unknown.Count > 0)
        {
            yield return Diagnostics.RevocationUnknown(
                unknown.Exists(problem => IsLeaf(problem, chain)) ? subject.Subject : $"an issuer of {subject.Subject}",
                string.Join("; ", unknown.Select(problem => IsLeaf(problem, chain) ? Detail(problem) : $"{CertificateUse.Describe(problem.Certificate)}: {Detail(problem)}")));
        }
    }

    private static bool IsLeaf(ChainProblem problem, CertificateChain chain) => ReferenceEquals(problem.Certificate, chain.Leaf);

    private static string Detail(ChainProblem problem) => SafeText.Line(problem.Detail).TrimEnd('.');
}
