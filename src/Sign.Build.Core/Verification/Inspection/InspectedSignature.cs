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
}
