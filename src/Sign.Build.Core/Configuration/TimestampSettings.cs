using System.Security.Cryptography;

namespace Sign.Build.Core.Configuration;

/// <summary>Which timestamp authorities are asked, and how.</summary>
public sealed record TimestampSettings
{
    /// <summary><c>SignBuildTimestampUrl</c>: RFC 3161 authorities in the order in which they are tried.</summary>
    public IReadOnlyList<Uri> Authorities { get; init; } =
        [new("http://timestamp.digicert.com"), new("http://timestamp.sectigo.com")];

    /// <summary><c>SignBuildTimestampTimeout</c>: bound of one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>SignBuildTimestampDeadline</c>: how long a build asks without getting any timestamp.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>SignBuildTimestampHashAlgorithm</c>: hash of the message imprint.</summary>
    public HashAlgorithmName HashAlgorithm { get; init; } = HashAlgorithmName.SHA256;
}
