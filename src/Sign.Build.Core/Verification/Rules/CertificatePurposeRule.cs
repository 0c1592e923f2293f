using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5008: the certificate and its issuers are for this purpose, and it does not have the lifetime-signing usage.</summary>
internal sealed class CertificatePurposeRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        var (usage, name) = subject.Role.Purpose == CertificatePurpose.Timestamping
            ? (Oids.TimestampingUsage, "timestamping")
            : (Oids.CodeSigningUsage, "code signing");
        var fix = subject.Role.Fix($"a certificate that is issued for {name}");
        var usages = ReadUsages(subject.Certificate);
        if (!usages.Contains(usage, StringComparer.Ordinal))
        {
            yield return Diagnostics.WrongPurpose(fix, subject.Subject, $"is not for {name}: {DescribeUsages(usages)}", subject.Role.Codes.Usage);
        }
        else if (subject.Chain(context).Find(ChainProblemKind.NotValidForUsage) is { } problem)
        {
            yield return Diagnostics.WrongPurpose(
                fix,
                subject.Subject,
                $"cannot be used for {name} because of {CertificateUse.Describe(problem.Certificate)} in its chain: {SafeText.Line(problem.Detail)}",
                subject.Role.Codes.Usage);
        }

        if (subject.Role.Purpose == CertificatePurpose.CodeSigning && usages.Contains(Oids.LifetimeSigningUsage, StringComparer.Ordinal))
        {
            yield return Diagnostics.WrongPurpose(
                subject.Role.Fix("a certificate without the lifetime-signing usage"),
                subject.Subject,
                $"has the lifetime-signing usage ({Oids.LifetimeSigningUsage}): what it signed ends with it, timestamp or not",
                "NU3015");
        }
    }

    private static List<string> ReadUsages(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(oid => oid.Value ?? "")];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string DescribeUsages(List<string> usages) => usages.Count == 0
        ? "it names no extended key usage"
        : "its extended key usage is " + SafeText.Line(string.Join(", ", usages.Select(Name)));

    private static string Name(string usage) => usage switch
    {
        "1.3.6.1.5.5.7.3.1" => "server authentication",
        "1.3.6.1.5.5.7.3.2" => "client authentication",
        Oids.CodeSigningUsage => "code signing",
        "1.3.6.1.5.5.7.3.4" => "e-mail protection",
        Oids.TimestampingUsage => "timestamping",
        "1.3.6.1.5.5.7.3.9" => "OCSP signing",
        "2.5.29.37.0" => "any",
        _ => usage,
    };
}
