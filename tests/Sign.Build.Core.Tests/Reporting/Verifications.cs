using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>Reports of verified packages in which every text that comes from a stranger is the same.</summary>
internal static class Verifications
{
    /// <summary>A rejected package with both signatures, and a file that is no package, of which only the name is known.</summary>
    public static VerificationReport Of(string text) => new()
    {
        SignBuild = "0.1.0",
        Written = Reports.Now,
        Policy = "Private",
        Accepted = 0,
        Rejected = 2,
        Packages = [Package(text), Package(text) with { Id = null, Version = null, Author = null, Repository = null }],
    };

    public static VerifiedPackage Package(string text) => new()
    {
        Path = "/mirror/" + text.Replace('/', '_'),
        Id = text,
        Version = text,
        Verdict = VerifiedPackage.Rejected,
        Author = Signature(text),
        Repository = Signature(text) with { ServiceIndex = text, Owners = [text, text] },
        Findings = [new FindingEntry("SGN5010", "error", text)],
    };

    private static SignatureReport Signature(string text) => new()
    {
        Certificate = new CertificateReport(text, new string('b', 64), Reports.Now, Reports.Now),
        Timestamp = Reports.Now,
        TimestampAuthority = text,
    };
}
