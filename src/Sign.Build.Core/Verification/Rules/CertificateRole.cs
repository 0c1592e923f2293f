using System.Globalization;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>What a certificate is used for, with the words and NuGet codes for findings about it.</summary>
/// <param name="Name">The role in a sentence.</param>
/// <param name="Purpose">Which trust anchors and which usage it needs.</param>
/// <param name="Remedy">What to do, with the kind of certificate that is needed in the place of {0}.</param>
/// <param name="Codes">NuGet's codes.</param>
internal sealed record CertificateRole(string Name, CertificatePurpose Purpose, string Remedy, CertificateCodes Codes)
{
    public static CertificateRole Signer { get; } = new(
        "the signing certificate", CertificatePurpose.CodeSigning, "Sign with {0}", CertificateCodes.Signer);

    public static CertificateRole Timestamp { get; } = new(
        "the timestamp certificate", CertificatePurpose.Timestamping, "Sign again with a timestamp authority (SignBuildTimestampUrl) that has {0}", CertificateCodes.Timestamp);

    public static CertificateRole Repository { get; } = new(
        "the repository's signing certificate", CertificatePurpose.CodeSigning, "Let the repository sign the package again with {0}", CertificateCodes.Signer);

    public static CertificateRole RepositoryTimestamp { get; } = new(
        "the timestamp certificate of the repository's signature",
        CertificatePurpose.Timestamping,
        "Let the repository sign the package again with a timestamp authority that has {0}",
        CertificateCodes.Timestamp);

    /// <summary>Whether it is a repository's. What nuget.org demands at a push is not for these: it makes its own signature then.</summary>
    public bool IsOfRepository => this == Repository || this == RepositoryTimestamp;

    /// <summary>What to do when <paramref name="certificate"/> is what is needed.</summary>
    public string Fix(string certificate) => string.Format(CultureInfo.InvariantCulture, Remedy, certificate);
}
