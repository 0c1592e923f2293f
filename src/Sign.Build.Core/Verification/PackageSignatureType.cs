namespace Sign.Build.Core.Verification;

/// <summary>Whose signature it is, by its commitment type.</summary>
public enum PackageSignatureType
{
    /// <summary>No commitment type, or one that the format does not know.</summary>
    Unknown,

    /// <summary>Proof of origin: the author's.</summary>
    Author,

    /// <summary>Proof of receipt: a repository's.</summary>
    Repository,
}
