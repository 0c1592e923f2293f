namespace Sign.Build.Core.Verification;

/// <summary>
/// nuget.org's decision about signatures and registered certificates (NuGetGallery, PackageRegistrationExtensions:
/// IsSigningAllowed, IsSigningRequired, IsAcceptableSigningCertificate). Whether a certificate is still valid does not matter here.
/// </summary>
internal static class RegistrationTable
{
    /// <summary>Decides.</summary>
    /// <param name="owners">All owners of the package.</param>
    /// <param name="requiredSigner">The owner who must sign, or null for any owner.</param>
    /// <param name="fingerprint">The certificate of the author signature, or null without one.</param>
    public static RegistrationVerdict Decide(IReadOnlyList<RegisteredOwner> owners, string? requiredSigner, string? fingerprint)
    {
        var signer = requiredSigner is null ? null : owners.FirstOrDefault(owner => owner.HasName(requiredSigner));
        IReadOnlyList<RegisteredOwner> signers = signer is null ? owners : [signer];
        if (fingerprint is null)
        {
            return signers.All(owner => owner.HasCertificates) ? RegistrationVerdict.MustBeSigned : RegistrationVerdict.Accepted;
        }

        if (!signers.Any(owner => owner.HasCertificates))
        {
            return RegistrationVerdict.SigningNotAllowed;
        }

        return signers.Any(owner => owner.Owns(fingerprint)) ? RegistrationVerdict.Accepted
            : signer is null ? RegistrationVerdict.NotRegistered
            : RegistrationVerdict.NotRequiredSigner;
    }
}
