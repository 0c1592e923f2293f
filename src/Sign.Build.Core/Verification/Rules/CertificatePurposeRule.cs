using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5008: the certificate and its issuers are for this purpose, and it does not have the lifetime-signing usage. A certificate that
/// names no usage may sign code (RFC 5280, 4.2.1.12); one for timestamps must be for nothing else, and say so critically (RFC 3161, 2.3).
/// </summary>
internal sealed class CertificatePurposeRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        var isTimestamp = subject.Role.Purpose == CertificatePurpose.Timestamping;
        var usages = ReadUsages(subject.Certificate, out var isCritical);
        var name = isTimestamp ? "timestamping" : "code signing";
        var wrong = isTimestamp ? DescribeWrongTimestamping(usages, isCritical) : DescribeWrongCodeSigning(usages);
        if (wrong is null && subject.Chain(context).Find(ChainProblemKind.NotValidForUsage) is { } problem)
        {
            wrong = $"cannot be used for {name} because of {CertificateUse.Describe(problem.Certificate)} in its chain: {SafeText.Line(problem.Detail)}";
        }

        if (wrong is not null)
        {
            yield return Diagnostics.WrongPurpose(subject.Role.Fix($"a certificate that is issued for {name}"), subject.Subject, wrong, subject.Role.Codes.Usage);
        }

        if (!isTimestamp && usages.Contains(Oids.LifetimeSigningUsage, StringComparer.Ordinal))
        {
            yield return Diagnostics.WrongPurpose(
                subject.Role.Fix("a certificate without the lifetime-signing usage"),
                subject.Subject,
                $"has the lifetime-signing usage ({Oids.LifetimeSigningUsage}): what it signed ends with it, timestamp or not",
                "NU3015");
        }
    }

    private static string? DescribeWrongCodeSigning(List<string> usages) =>
        usages.Count == 0 || usages.Contains(Oids.CodeSigningUsage, StringComparer.Ordinal) || usages.Contains(Oids.AnyUsage, StringComparer.Ordinal)
            ? null
            : "is not for code signing: its extended key usage is " + Describe(usages);

    private static string? DescribeWrongTimestamping(List<string> usages, bool isCritical) => usages switch
    {
        [] => "is not for timestamping: it names no extended key usage",
        [Oids.TimestampingUsage] => isCritical ? null : "is not for timestamping: its extended key usage is not critical",
        _ => $"is not for timestamping{(usages.Contains(Oids.TimestampingUsage, StringComparer.Ordinal) ? " alone" : "")}: its extended key usage is {Describe(usages)}",
    };

    private static List<string> ReadUsages(X509Certificate2 certificate, out bool isCritical)
    {
        isCritical = false;
        try
        {
            var extensions = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
            isCritical = extensions.Exists(extension => extension.Critical);
            return [.. extensions.SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(oid => oid.Value ?? "")];
        }
        catch (CryptographicException)
        {
            // Not the same as none: whoever cannot say what it is for is for nothing.
            return ["unreadable"];
        }
    }

    private static string Describe(List<string> usages) => SafeText.Line(string.Join(", ", usages.Select(Name)));

    private static string Name(string usage) => usage switch
    {
        "1.3.6.1.5.5.7.3.1" => "server authentication",
        "1.3.6.1.5.5.7.3.2" => "client authentication",
        Oids.CodeSigningUsage => "code signing",
        "1.3.6.1.5.5.7.3.4" => "e-mail protection",
        Oids.TimestampingUsage => "timestamping",
        "1.3.6.1.5.5.7.3.9" => "OCSP signing",
        Oids.AnyUsage => "any",
        _ => usage,
    };
}
