using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>A certificate in the role in which a signature uses it.</summary>
/// <param name="Role">What it signs.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="Additional">Certificates that may be its issuers.</param>
/// <param name="UsedAt">When it was used, as a timestamp proves it; null where nothing proves it.</param>
internal sealed record CertificateUse(CertificateRole Role, X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Additional, TimeRange? UsedAt)
{
    /// <summary>The certificate in messages: its role, its name, and enough of its fingerprint to find it.</summary>
    public string Subject => $"{Role.Name} {Describe(Certificate)}";

    public CertificateChain Chain(RuleContext context) => context.Chains.Build(Certificate, Additional, Role.Purpose);

    /// <summary>A certificate of a chain in messages.</summary>
    public static string Describe(X509Certificate2 certificate) =>
        $"'{SafeText.DisplayName(certificate)}' (SHA-256 {Fingerprint.Sha256(certificate)[..16]}...)";
}
