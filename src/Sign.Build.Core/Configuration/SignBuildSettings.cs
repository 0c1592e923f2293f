using System.Security.Cryptography;

namespace Sign.Build.Core.Configuration;

/// <summary>Everything that a user can set, parsed and checked. The initial values are the contract's defaults.</summary>
public sealed record SignBuildSettings
{
    /// <summary><c>SignBuildMode</c>.</summary>
    public SigningMode Mode { get; init; }

    /// <summary>Where the signing certificate is.</summary>
    public CertificateSettings Certificate { get; init; } = new();

    /// <summary>Which timestamp authorities are asked.</summary>
    public TimestampSettings Timestamp { get; init; } = new();

    /// <summary>The rules after signing.</summary>
    public PolicySettings Policy { get; init; } = new();

    /// <summary><c>SignBuildHashAlgorithm</c>: hash of the package and of the signature.</summary>
    public HashAlgorithmName HashAlgorithm { get; init; } = HashAlgorithmName.SHA256;

    /// <summary><c>SignBuildExistingSignature</c>.</summary>
    public ExistingSignatureBehavior ExistingSignature { get; init; }

    /// <summary><c>SignBuildRejectedPackages</c>.</summary>
    public RejectedPackageBehavior RejectedPackages { get; init; }

    /// <summary><c>SignBuildSymbolPackages</c>: sign symbol packages too.</summary>
    public bool SymbolPackages { get; init; }

    /// <summary><c>SignBuildPreflight</c>: find out before the build whether signing would succeed.</summary>
    public bool Preflight { get; init; } = true;

    /// <summary><c>SignBuildVerify</c>: check each package against the policy after signing.</summary>
    public bool Verify { get; init; } = true;

    /// <summary><c>SignBuildReportDirectory</c>, absolute, or null: no report.</summary>
    public string? ReportDirectory { get; init; }

    /// <summary><c>SignBuildServiceIndexUrl</c>: V3 service index that a repository signature names, or null.</summary>
    public Uri? ServiceIndexUrl { get; init; }

    /// <summary><c>SignBuildRepositoryOwners</c>: owners that a repository signature names.</summary>
    public IReadOnlyList<string> RepositoryOwners { get; init; } = [];

    /// <summary><c>SignBuildRepositorySign</c>: Pack adds the repository's signature to what it signed.</summary>
    public bool RepositorySign { get; init; }

    /// <summary><c>SignBuildMaxParallelism</c>: packages that are read, signed and written at the same time; those that wait for a timestamp do not count.</summary>
    public int MaxParallelism { get; init; } = 8;
}
