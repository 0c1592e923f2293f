using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>What the platform found: copies of the certificates, and its statuses as problems of ours. No revocation.</summary>
internal sealed record ChainPath(List<X509Certificate2> Certificates, List<ChainProblem> Problems, bool BySystemTrust)
{
    private const string AnyUsageOid = "2.5.29.37.0";

    public bool IsTrusted => !Problems.Exists(problem => problem.Kind is ChainProblemKind.UntrustedRoot or ChainProblemKind.PartialChain);

    /// <summary>Reads a chain that was built.</summary>
    public static ChainPath Read(X509Chain chain, string usageOid, bool bySystemTrust)
    {
        var certificates = chain.ChainElements.Select(element => CertificateCopies.Copy(element.Certificate)).ToList();
        var problems = new List<ChainProblem>();
        for (var index = 0; index < certificates.Count; index++)
        {
            foreach (var status in chain.ChainElements[index].ChainElementStatus)
            {
                // The platform says that the chain as a whole is not for this use, on every element.
                var kind = KindOf(status.Status);
                if (kind is not null and not ChainProblemKind.NotValidForUsage && !problems.Exists(known => known.Kind == kind && ReferenceEquals(known.Certificate, certificates[index])))
                {
                    problems.Add(new ChainProblem(kind.Value, certificates[index], Describe(kind.Value, certificates[index], status)));
                }
            }
        }

        // Some platforms state a problem of the whole chain on no element; the missing issuer is the last one's, all else the leaf's.
        foreach (var status in chain.ChainStatus)
        {
            var kind = KindOf(status.Status);
            if (kind == ChainProblemKind.NotValidForUsage)
            {
                var culprit = certificates.Find(certificate => !Allows(certificate, usageOid)) ?? certificates[0];
                problems.Add(new ChainProblem(kind.Value, culprit, DescribeUsages(culprit) ?? OneLine(status.StatusInformation)));
            }
            else if (kind is not null && !problems.Exists(known => known.Kind == kind))
            {
                var certificate = kind is ChainProblemKind.PartialChain or ChainProblemKind.UntrustedRoot ? certificates[^1] : certificates[0];
                problems.Add(new ChainProblem(kind.Value, certificate, Describe(kind.Value, certificate, status)));
            }
        }

        return new ChainPath(certificates, problems, bySystemTrust);
    }

    /// <summary>A chain that the platform could not even begin to build.</summary>
    public static ChainPath Failed(X509Certificate2 leaf, string reason, bool bySystemTrust)
    {
        var copy = CertificateCopies.Copy(leaf);
        return new ChainPath(
            [copy],
            [
                new ChainProblem(ChainProblemKind.PartialChain, copy, "no chain could be built"),
                new ChainProblem(ChainProblemKind.Other, copy, OneLine(reason)),
            ],
            bySystemTrust);
    }

    private static ChainProblemKind? KindOf(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NoError => null,
        X509ChainStatusFlags.UntrustedRoot => ChainProblemKind.UntrustedRoot,
        X509ChainStatusFlags.PartialChain => ChainProblemKind.PartialChain,
        X509ChainStatusFlags.NotTimeValid => ChainProblemKind.NotTimeValid,
        X509ChainStatusFlags.NotValidForUsage => ChainProblemKind.NotValidForUsage,
        X509ChainStatusFlags.NotSignatureValid => ChainProblemKind.InvalidSignature,
        X509ChainStatusFlags.InvalidBasicConstraints => ChainProblemKind.InvalidBasicConstraints,
        // An issuer that became valid after what it issued; nuget.org ignores it, and so does every current platform.
        X509ChainStatusFlags.NotTimeNested => null,
        _ => ChainProblemKind.Other,
    };

    private static string Describe(ChainProblemKind kind, X509Certificate2 certificate, X509ChainStatus status) => kind switch
    {
        ChainProblemKind.PartialChain => $"its issuer '{SafeText.Line(certificate.Issuer)}' was not found",
        ChainProblemKind.UntrustedRoot => $"'{SafeText.Line(certificate.Subject)}' is not a trusted root",
        ChainProblemKind.NotTimeValid => $"valid from {Format(certificate.NotBefore)} to {Format(certificate.NotAfter)}",
        _ => OneLine(status.StatusInformation),
    };

    private static string Format(DateTime time) => $"{time.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC";

    // Without the extension every use is allowed.
    private static bool Allows(X509Certificate2 certificate, string usageOid)
    {
        var usages = Usages(certificate);
        return usages.Count == 0 || usages.Exists(oid => oid.Value == usageOid || oid.Value == AnyUsageOid);
    }

    private static string? DescribeUsages(X509Certificate2 certificate)
    {
        var usages = Usages(certificate);
        return usages.Count == 0 ? null : $"its extended key usage is {string.Join(", ", usages.Select(oid => oid.FriendlyName ?? oid.Value))}";
    }

    private static List<Oid> Usages(X509Certificate2 certificate) =>
        [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())];

    private static string OneLine(string text) => SafeText.Line(text.Trim());
}
