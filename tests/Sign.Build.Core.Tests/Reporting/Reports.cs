using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>Reports as a build makes them.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static PackageReport Package(string path, string subject = "CN=Contoso", string id = "Lib", string version = "1.2.3") => new()
    {
        Path = path,
        Id = id,
        Version = version,
        Outcome = "Signed",
        Source = "file 'signing.pfx'",
        Policy = "NuGetOrg",
        Size = 12345,
        ContentHash = "aGFzaA==",
        Sha256 = new string('a', 64),
        Signer = [Certificate(subject, 'b')],
        Timestamp = new TimestampReport(Now, "http://timestamp.example", [Certificate("CN=Timestamps", 'c')]),
        Rules = [new RuleReport("SGN5001", "is signed", "passed", null), new RuleReport("SGN5012", "revocation status is known", "warning", "no answer")],
        Milliseconds = 42.5,
    };

    public static BuildReport Build(params IReadOnlyList<PackageReport> packages) => new()
    {
        SignBuild = "0.1.0",
        NuGet = "7.0.0",
        Written = Now,
        Packages = packages,
    };

    private static CertificateReport Certificate(string subject, char digit) => new(subject, new string(digit, 64), Now.AddYears(-1), Now.AddYears(1));
}
