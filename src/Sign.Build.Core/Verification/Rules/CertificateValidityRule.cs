using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5009: the certificate was valid when a timestamp proves that it was used. nuget.org also demands, when a package is pushed,
/// that the author's and all its issuers are valid at that moment (SignatureDeciderFactory: rejected at ingestion, without a reason given).
/// </summary>
internal sealed class CertificateValidityRule : IVerificationRule<CertificateUse>
{
    public IEnumerable<Diagnostic> Check(CertificateUse subject, RuleContext context)
    {
        var mustBeValidNow = (context.Policy.RequiresValidityNow && !subject.Role.IsOfRepository) || subject.UsedAt is null;
        if (DescribeLeaf(subject, context.Now, mustBeValidNow) is var (reason, nuGetCode))
        {
            yield return Diagnostics.NotTimeValid(subject.Role.Fix("a certificate that is valid now"), subject.Subject, reason, nuGetCode);
        }

        if (!mustBeValidNow)
        {
            yield break;
        }

        foreach (var issuer in subject.Chain(context).Certificates.Skip(1))
        {
            var (start, end) = Validity(issuer);
            if (context.Now < start || context.Now > end)
            {
                yield return Diagnostics.NotTimeValid(
                    subject.Role.Fix("a certificate whose issuers are valid too"),
                    subject.Subject,
                    $"has the issuer {CertificateUse.Describe(issuer)}, which is valid from {TimeRange.Format(start)} to {TimeRange.Format(end)}; now it is {TimeRange.Format(context.Now)}",
                    subject.Role.Codes.Chain);
            }
        }
    }

    private static (string Reason, string? NuGetCode)? DescribeLeaf(CertificateUse subject, DateTimeOffset now, bool mustBeValidNow)
    {
        var (start, end) = Validity(subject.Certificate);
        if (now < start)
        {
            return ($"is not valid before {TimeRange.Format(start)}; now it is {TimeRange.Format(now)}", subject.Role.Codes.NotYetValid);
        }

        if (subject.UsedAt is { } used && (used.Earliest <= start || used.Latest >= end))
        {
            return ($"is valid from {TimeRange.Format(start)} to {TimeRange.Format(end)}, and was used at {used} according to the timestamp", subject.Role.Codes.NotValidWhenUsed);
        }

        if (!mustBeValidNow || now <= end)
        {
            return null;
        }

        var reason = $"expired on {TimeRange.Format(end)}; now it is {TimeRange.Format(now)}";
        return subject.UsedAt is null
            ? (reason, subject.Role.Codes.NotValidWhenUsed)
            : (reason + ", and nuget.org demands that it is valid at the time of the push, whatever the timestamp says", null);
    }

    // X509Certificate2 gives local time.
    private static (DateTimeOffset Start, DateTimeOffset End) Validity(X509Certificate2 certificate) =>
        (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
}
