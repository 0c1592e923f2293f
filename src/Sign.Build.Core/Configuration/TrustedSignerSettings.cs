namespace Sign.Build.Core.Configuration;

/// <summary>
/// <c>SignBuildTrustedAuthor</c> or <c>SignBuildTrustedRepository</c>: whose packages consumers of a feed accept. The same as an
/// entry of <c>trustedSigners</c> in a nuget.config.
/// </summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="Certificates">Certificate files (absolute, PEM or DER) or SHA-256 fingerprints, as written.</param>
/// <param name="ServiceIndexUrl">V3 service index of the repository; null for an author.</param>
/// <param name="Owners">Owners whose packages are accepted from the repository; empty: all.</param>
/// <param name="AllowUntrustedRoot">Whether the certificates may have a root that the platform does not trust.</param>
public sealed record TrustedSignerSettings(
    string Name,
    IReadOnlyList<string> Certificates,
    Uri? ServiceIndexUrl,
    IReadOnlyList<string> Owners,
    bool AllowUntrustedRoot);
