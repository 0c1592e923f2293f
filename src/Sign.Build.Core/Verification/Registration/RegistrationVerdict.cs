namespace Sign.Build.Core.Verification;

/// <summary>What nuget.org says about a package because of who registered which certificate.</summary>
internal enum RegistrationVerdict
{
    Accepted,

    /// <summary>Not signed by its author, and every owner who may sign has a certificate registered.</summary>
    MustBeSigned,

    /// <summary>Signed, and nobody who may sign has a certificate registered.</summary>
    SigningNotAllowed,

    /// <summary>Signed with a certificate that no owner has registered.</summary>
    NotRegistered,

    /// <summary>Signed with a certificate that the required signer has not registered.</summary>
    NotRequiredSigner,
}
