using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>An RFC 3161 timestamp token. What could not be read is null, and a defect says why.</summary>
public sealed record InspectedTimestamp
{
    /// <summary>The token, or null where it is no CMS.</summary>
    public SignedCms? Token { get; init; }

    /// <summary>What the authority signed.</summary>
    public Rfc3161TimestampTokenInfo? Info { get; init; }

    /// <summary>The only signer of the token.</summary>
    public SignerInfo? SignerInfo { get; init; }

    /// <summary>The authority's certificate, or null where it is not embedded.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>All certificates that are embedded, in no order.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The time that the authority states, in UTC.</summary>
    public DateTimeOffset? Time => Info?.Timestamp.ToUniversalTime();

    /// <summary>How far the real time may be from <see cref="Time"/>.</summary>
    public TimeSpan Accuracy { get; init; }

    /// <summary>What is malformed, or does not verify mathematically.</summary>
    public IReadOnlyList<SignatureDefect> Defects { get; init; } = [];
}
