namespace Sign.Build.Core.Verification.Rules;

/// <summary>A signature whose signer is judged, with the words for findings about it.</summary>
/// <param name="Signer">The signature.</param>
/// <param name="Name">The signature in a sentence.</param>
/// <param name="Fix">What to do when the signature is wrong.</param>
/// <param name="Role">The role of its certificate.</param>
/// <param name="TimestampRole">The role of its timestamps' certificates.</param>
internal sealed record JudgedSigner(InspectedSigner Signer, string Name, string Fix, CertificateRole Role, CertificateRole TimestampRole)
{
    private const string RepositoryFix = "Let the repository sign the package again";

    /// <summary>The primary signature.</summary>
    public static JudgedSigner Primary(InspectedSignature signature) => signature.Type switch
    {
        PackageSignatureType.Repository => new(signature, "the repository's signature", RepositoryFix, CertificateRole.Repository, CertificateRole.RepositoryTimestamp),
        PackageSignatureType.Author => new(signature, "the author signature", "Sign the package again", CertificateRole.Signer, CertificateRole.Timestamp),
        _ => new(signature, "the signature", "Sign the package again", CertificateRole.Signer, CertificateRole.Timestamp),
    };

    /// <summary>A repository's countersignature.</summary>
    public static JudgedSigner Repository(InspectedCountersignature countersignature) =>
        new(countersignature, "the repository's countersignature", RepositoryFix, CertificateRole.Repository, CertificateRole.RepositoryTimestamp);
}
