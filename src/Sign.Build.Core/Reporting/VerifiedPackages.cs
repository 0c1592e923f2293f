using Sign.Build.Core.Archives;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Reporting;

/// <summary>Takes from a verification what its report says, and nothing that holds memory: a mirror has thousands of packages.</summary>
internal static class VerifiedPackages
{
    /// <param name="verification">What the rules said.</param>
    /// <param name="identity">Id and version, or null where they cannot be read.</param>
    public static VerifiedPackage Of(PackageVerification verification, PackageIdentity? identity)
    {
        var signature = verification.Package?.Signature;
        return new VerifiedPackage
        {
            Path = verification.Path,
            Id = identity is null ? null : SafeText.Line(identity.Id),
            Version = identity is null ? null : SafeText.Line(identity.Version),
            Verdict = verification.IsAccepted ? VerifiedPackage.Accepted : VerifiedPackage.Rejected,
            Author = Describe(signature?.Author),
            Repository = Describe(signature?.Repository),
            Findings = [.. verification.Findings.Select(finding => new FindingEntry(
                finding.Code, finding.Level == DiagnosticLevel.Error ? "error" : "warning", finding.Message))],
        };
    }

    /// <summary>The same in one line.</summary>
    public static string Line(VerifiedPackage package)
    {
        var signatures = new[]
        {
            package.Author is null ? null : "author " + Line(package.Author),
            package.Repository is null ? null : $"repository {package.Repository.ServiceIndex} (owners {Owners(package.Repository)}) " + Line(package.Repository),
        };
        var found = string.Join("; ", signatures.OfType<string>());
        return $"{SafeText.Line(Path.GetFileName(package.Path))}: {package.Verdict}; {(found.Length == 0 ? "no signature that can be read" : found)}";
    }

    private static SignatureReport? Describe(InspectedSigner? signer)
    {
        if (signer is null)
        {
            return null;
        }

        var timestamp = signer.Timestamps is [var first, ..] ? first : null;
        return new SignatureReport
        {
            Certificate = signer.Certificate is null ? null : PackageReports.Describe(signer.Certificate),
            Timestamp = timestamp?.Time,
            TimestampAuthority = timestamp?.Certificate is null ? null : SafeText.DisplayName(timestamp.Certificate),
            ServiceIndex = signer.ServiceIndexUrl is null ? null : SafeText.Line(signer.ServiceIndexUrl.AbsoluteUri),
            Owners = [.. signer.Owners.Select(owner => SafeText.Line(owner))],
        };
    }

    private static string Line(SignatureReport signature) => FormattableString.Invariant(
        $"{signature.Certificate?.Subject ?? "without certificate"} ({signature.Certificate?.Sha256 ?? "no fingerprint"}), timestamp {signature.Timestamp?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {signature.TimestampAuthority ?? "nobody"}");

    private static string Owners(SignatureReport signature) => signature.Owners.Count == 0 ? "not named" : string.Join(", ", signature.Owners);
}
