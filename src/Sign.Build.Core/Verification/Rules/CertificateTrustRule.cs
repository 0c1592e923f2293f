using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5010: the chain is sound and ends in a trusted root.</summary>
internal sealed class CertificateTrustRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        var chain = subject.Chain(context);
        foreach (var problem in chain.Problems)
        {
            // Of one kind the first is enough.
            if (!ReferenceEquals(problem, chain.Find(problem.Kind)))
            {
                continue;
            }

            switch (problem.Kind)
            {
                case ChainProblemKind.UntrustedRoot:
                    yield return Diagnostics.UntrustedChain(FixUntrusted(subject, context), subject.Subject, DescribeUntrusted(chain, problem), subject.Role.Codes.UntrustedRoot);
                    break;
                case ChainProblemKind.PartialChain:
                    yield return Diagnostics.UntrustedChain(
                        FixPartial(subject, context),
                        subject.Subject,
                        $"has no complete chain: the issuer '{SafeText.Line(problem.Certificate.Issuer)}' of {CertificateUse.Describe(problem.Certificate)} is neither in the signature nor among the trust anchors ({SafeText.Line(chain.Anchors)})",
                        subject.Role.Codes.Chain);
                    break;
                case ChainProblemKind.InvalidSignature or ChainProblemKind.InvalidBasicConstraints or ChainProblemKind.Other:
                    yield return Diagnostics.UntrustedChain(
                        subject.Role.Fix("a certificate that has a valid chain"),
                        subject.Subject,
                        $"has no valid chain: {Describe(problem)}",
                        subject.Role.Codes.Chain);
                    break;
            }
        }
    }

    private static string FixUntrusted(CertificateUse subject, RuleContext context) => context.Policy.Name == PolicyName.NuGetOrg
        ? subject.Role.Fix("a certificate of an authority that nuget.org trusts (for a private feed: SignBuildPolicy=Private and the root as a SignBuildTrustedRoot item)")
        : $"Add the root as a SignBuildTrustedRoot item if you trust it, or else {SafeText.Clause(subject.Role.Fix("another certificate"))}";

    private static string FixPartial(CertificateUse subject, RuleContext context) => subject.Role == CertificateRole.Signer
        ? "Add the missing certificates of its authority as SignBuildAdditionalCertificate items, or to the PFX"
            + (context.Policy.Name == PolicyName.Private ? ", and the root as a SignBuildTrustedRoot item" : "")
        : subject.Role.Fix("a complete chain in its answers");

    private static string DescribeUntrusted(CertificateChain chain, ChainProblem problem) => chain.Certificates.Count == 1
        ? $"is issued by itself, and is not among the trust anchors ({SafeText.Line(chain.Anchors)})"
        : $"has the root {CertificateUse.Describe(problem.Certificate)}, which is not among the trust anchors ({SafeText.Line(chain.Anchors)})";

    private static string Describe(ChainProblem problem)
    {
        var certificate = CertificateUse.Describe(problem.Certificate);
        return problem.Kind switch
        {
            ChainProblemKind.InvalidSignature => $"the issuer's signature over {certificate} does not verify",
            ChainProblemKind.InvalidBasicConstraints => $"{certificate} may not issue certificates, or not on this level",
            _ => $"{certificate}: {SafeText.Line(problem.Detail).TrimEnd('.')}",
        };
    }
}
