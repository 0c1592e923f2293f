using System.Text.Json.Serialization;

namespace Sign.Build.Core.Reporting;

/// <summary>
/// What <c>SignBuildVerifyPackages</c> found, as <c>verification.json</c>. The schema is described in docs/private-feeds.md; fields
/// are added, never renamed, within one <see cref="SchemaVersion"/>. Times are UTC, hashes lower-case hex.
/// </summary>
public sealed record VerificationReport
{
    /// <summary>The version that this code writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the schema.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Version of Sign.Build.</summary>
    public required string SignBuild { get; init; }

    /// <summary>When the packages were verified.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary><c>NuGetOrg</c> or <c>Private</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>How many packages were accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>How many packages were rejected.</summary>
    public required int Rejected { get; init; }

    /// <summary>All packages of this run, in the order in which they were given.</summary>
    public required IReadOnlyList<VerifiedPackage> Packages { get; init; }
}

/// <summary>One verified package. Texts out of packages and certificates are made harmless: one line, bounded, no control characters.</summary>
public sealed record VerifiedPackage
{
    /// <summary><see cref="Verdict"/> of a package without errors.</summary>
    public const string Accepted = "accepted";

    /// <summary><see cref="Verdict"/> of a package with an error.</summary>
    public const string Rejected = "rejected";

    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Package id; null where the file is no readable package.</summary>
    public string? Id { get; init; }

    /// <summary>Package version; null where the file is no readable package.</summary>
    public string? Version { get; init; }

    /// <summary><c>accepted</c> or <c>rejected</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Whether it was accepted.</summary>
    [JsonIgnore]
    public bool IsAccepted => Verdict == Accepted;

    /// <summary>The author's signature; null where there is none.</summary>
    public SignatureReport? Author { get; init; }

    /// <summary>The repository's signature or countersignature; null where there is none.</summary>
    public SignatureReport? Repository { get; init; }

    /// <summary>Errors and warnings.</summary>
    public required IReadOnlyList<FindingEntry> Findings { get; init; }
}

/// <summary>What a signature of a package claims. Whether the claims hold is the package's verdict.</summary>
public sealed record SignatureReport
{
    /// <summary>The signer's certificate; null where it is not in the signature.</summary>
    public CertificateReport? Certificate { get; init; }

    /// <summary>Time of the timestamp; null where there is none that can be read.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Who gave the timestamp.</summary>
    public string? TimestampAuthority { get; init; }

    /// <summary>V3 service index of the repository; null for an author.</summary>
    public string? ServiceIndex { get; init; }

    /// <summary>Owners that the repository names.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];
}

/// <summary>One finding.</summary>
/// <param name="Code">Its diagnostic.</param>
/// <param name="Level"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record FindingEntry(string Code, string Level, string Message);
