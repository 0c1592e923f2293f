using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Signing;

namespace Sign.Build.Core.Reporting;

/// <summary>Makes a report of a signed package.</summary>
internal static class PackageReports
{
    /// <param name="package">The package.</param>
    /// <param name="source">Where the certificate came from.</param>
    /// <param name="policy">The rules that it was held to.</param>
    /// <param name="chains">What built the chains when it was verified; they are remembered.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The package cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The package may not be read.</exception>
    public static PackageReport Of(SignedPackage package, string source, PolicySettings policy, ChainBuilder chains, CancellationToken cancellationToken)
    {
        var signature = package.Verification?.Package?.Signature;
        var timestamp = signature?.Timestamps is [var only] ? only : null;
        return new PackageReport
        {
            Path = package.Path,
            Id = package.Identity.Id,
            Version = package.Identity.Version,
            Outcome = package.Outcome.ToString(),
            Source = source,
            Policy = policy.Policy.ToString(),
            Size = package.Stamp.Length,
            ContentHash = package.ContentHash,
            Sha256 = FileHash.Sha256(package.Path, cancellationToken),
            Signer = Chain(signature?.Certificate, signature?.Certificates, CertificatePurpose.CodeSigning, chains),
            Timestamp = new TimestampReport(
                package.Timestamp,
                package.TimestampAuthority,
                Chain(timestamp?.Certificate, timestamp?.Certificates, CertificatePurpose.Timestamping, chains)),
            Rules = package.Verification is null ? [] : RuleVerdicts.Of(package.Verification, policy),
            Milliseconds = Math.Round(package.Duration.TotalMilliseconds, 1),
        };
    }

    /// <summary>A certificate, as text that may be printed.</summary>
    public static CertificateReport Describe(X509Certificate2 certificate) => new(
        SafeText.Line(certificate.Subject),
        Fingerprint.Sha256(certificate),
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime());

    private static IReadOnlyList<CertificateReport> Chain(
        X509Certificate2? leaf, IReadOnlyList<X509Certificate2>? embedded, CertificatePurpose purpose, ChainBuilder chains) =>
        leaf is null
            ? []
            : [.. chains.Build(leaf, embedded ?? [], purpose).Certificates.Select(Describe)];
}
