using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>What a primary signature and a countersignature have in common: one signer.</summary>
public abstract record InspectedSigner
{
    /// <summary>Whose signature it is.</summary>
    public required PackageSignatureType Type { get; init; }

    /// <summary>Whether it claims to be an author's and a repository's; the type is unknown then, and a defect says so.</summary>
    public bool HasConflictingTypes { get; init; }

    /// <summary>The CMS structure with the signer's attributes.</summary>
    public required SignerInfo SignerInfo { get; init; }

    /// <summary>The signer's certificate, or null where it is not embedded.</summary>
    public required X509Certificate2? Certificate { get; init; }

    /// <summary>All certificates that are embedded, in no order.</summary>
    public required IReadOnlyList<X509Certificate2> Certificates { get; init; }

    /// <summary>The signature's bytes, which timestamps are made over.</summary>
    public required ReadOnlyMemory<byte> SignatureValue { get; init; }

    /// <summary>When the signer says that it signed. Only a timestamp proves a time.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>The repository's V3 service index; only in repository signatures.</summary>
    public Uri? ServiceIndexUrl { get; init; }

    /// <summary>Owners of the package as the repository names them; only in repository signatures.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>All timestamps, readable or not.</summary>
    public IReadOnlyList<InspectedTimestamp> Timestamps { get; init; } = [];

    /// <summary>What is malformed, or does not verify mathematically.</summary>
    public IReadOnlyList<SignatureDefect> Defects { get; init; } = [];
}
