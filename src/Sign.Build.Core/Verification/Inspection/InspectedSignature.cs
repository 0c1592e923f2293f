using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Core.Verification;

/// <summary>The primary signature of a package.</summary>
public sealed record InspectedSignature : InspectedSigner
{
    /// <summary>The decoded CMS.</summary>
    public required SignedCms SignedCms { get; init; }

    /// <summary>What was signed, or null where it cannot be read.</summary>
    public SignedContent? Content { get; init; }

    /// <summary>The signatures over this signature.</summary>
    public IReadOnlyList<InspectedCountersignature> Countersignatures { get; init; } = [];

    /// <summary>This signature, if it is an author's.</summary>
    internal InspectedSigner? Author => Type == PackageSignatureType.Author ? this : null;

    /// <summary>
    /// This signature, if it is a repository's, or else the sound repository countersignature over it. One with a defect says nothing:
    /// a repository's certificate can be copied into any signature, and under NuGetOrg no rule judges it unless the package is trusted for it.
    /// </summary>
    internal InspectedSigner? Repository =>
        Type == PackageSignatureType.Repository ? this : Countersignatures.FirstOrDefault(countersignature => countersignature is { Type: PackageSignatureType.Repository, Defects.Count: 0 });
}
