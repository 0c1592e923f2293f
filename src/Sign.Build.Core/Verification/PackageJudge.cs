using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification.Rules;

namespace Sign.Build.Core.Verification;

/// <summary>Applies all rules to an inspected package: to the package, its signatures, their timestamps, and the certificates of all of them.</summary>
internal static class PackageJudge
{
    public static IReadOnlyList<Diagnostic> Judge(InspectedPackage package, RuleContext context)
    {
        var zip64 = new Zip64Rule().Check(package, context).ToList();
        return zip64.Count > 0
            ? zip64
            : [.. RuleSets.Package.CheckAll(package, context).Concat(Signers(package, context).SelectMany(signer => JudgeSigner(signer, context))).Distinct()];
    }

    /// <summary>The rules for one timestamp and its certificate.</summary>
    public static IEnumerable<Diagnostic> JudgeTimestamp(JudgedTimestamp timestamp, RuleContext context) =>
        RuleSets.Timestamp.CheckAll(timestamp, context)
            .Concat(timestamp.Certificate is { } certificate ? RuleSets.Certificate.CheckAll(certificate, context) : []);

    private static IEnumerable<JudgedSigner> Signers(InspectedPackage package, RuleContext context)
    {
        switch (package.Signature)
        {
            case null:
                break;

            // nuget.org takes a repository's signature off without a look at it; what is wrong with it does not matter there.
            case { Type: PackageSignatureType.Repository } when context.Policy.Name == PolicyName.NuGetOrg:
                break;
            case { } signature:
                yield return JudgedSigner.Primary(signature);

                // nuget.org takes off any other repository's countersignature, so it matters to a private feed, and to who trusts a package for it.
                if (context.Policy.Name == PolicyName.Private)
                {
                    foreach (var countersignature in signature.Countersignatures.Where(countersignature => countersignature.Type == PackageSignatureType.Repository))
                    {
                        yield return JudgedSigner.Repository(countersignature);
                    }
                }
                else if (TrustedSignerRule.TrustedFor(signature, context.Policy) is { } countersignature)
                {
                    yield return JudgedSigner.Repository(countersignature);
                }

                break;
        }
    }

    private static IEnumerable<Diagnostic> JudgeSigner(JudgedSigner subject, RuleContext context)
    {
        // Of several timestamps none is accepted, and which one was meant is not known.
        var timestamp = subject.Signer.Timestamps is [var only] ? new JudgedTimestamp(only, subject.Signer.SignatureValue, subject.Name, subject.TimestampRole) : null;
        var certificate = subject.Signer.Certificate is { } signerCertificate
            ? new CertificateUse(subject.Role, signerCertificate, subject.Signer.Certificates, timestamp?.ProvenTime)
            : null;
        return RuleSets.Signer.CheckAll(subject, context)
            .Concat(certificate is null ? [] : RuleSets.Certificate.CheckAll(certificate, context))
            .Concat(timestamp is null ? [] : JudgeTimestamp(timestamp, context));
    }
}
