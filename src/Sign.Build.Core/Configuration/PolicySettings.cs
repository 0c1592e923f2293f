namespace Sign.Build.Core.Configuration;

/// <summary>The rules that a package is held to, as the user set them.</summary>
public sealed record PolicySettings
{
    /// <summary><c>SignBuildPolicy</c>.</summary>
    public PolicyName Policy { get; init; }

    /// <summary><c>SignBuildRequiredSigner</c>: owner who must sign, or null for any owner.</summary>
    public string? RequiredSigner { get; init; }

    /// <summary><c>SignBuildOwner</c> items. Empty: registration is not checked.</summary>
    public IReadOnlyList<PackageOwner> Owners { get; init; } = [];

    /// <summary><c>SignBuildTrustedRoot</c> items: absolute paths of further trust anchors (PEM or DER).</summary>
    public IReadOnlyList<string> TrustedRootPaths { get; init; } = [];

    /// <summary><c>SignBuildTrustedAuthor</c> and <c>SignBuildTrustedRepository</c> items. Empty: anybody's packages are accepted.</summary>
    public IReadOnlyList<TrustedSignerSettings> TrustedSigners { get; init; } = [];

    /// <summary><c>SignBuildRevocationMode</c>.</summary>
    public RevocationMode RevocationMode { get; init; }

    /// <summary><c>SignBuildCertificateExpiryWarningDays</c>: 0 = off.</summary>
    public int ExpiryWarningDays { get; init; } = 30;
}
