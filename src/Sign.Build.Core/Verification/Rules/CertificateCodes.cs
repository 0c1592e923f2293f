namespace Sign.Build.Core.Verification.Rules;

/// <summary>NuGet's codes for what can be wrong with a certificate; they differ between signer and timestamp.</summary>
internal sealed record CertificateCodes(string Key, string Algorithm, string Usage, string NotYetValid, string NotValidWhenUsed, string Chain, string UntrustedRoot, string Revoked)
{
    public static CertificateCodes Signer { get; } = new(
        Key: "NU3014", Algorithm: "NU3013", Usage: "NU3012", NotYetValid: "NU3017", NotValidWhenUsed: "NU3037", Chain: "NU3012", UntrustedRoot: "NU3018", Revoked: "NU3012");

    public static CertificateCodes Timestamp { get; } = new(
        Key: "NU3023", Algorithm: "NU3022", Usage: "NU3028", NotYetValid: "NU3025", NotValidWhenUsed: "NU3036", Chain: "NU3028", UntrustedRoot: "NU3028", Revoked: "NU3028");
}
