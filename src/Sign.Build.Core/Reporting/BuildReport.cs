namespace Sign.Build.Core.Reporting;

/// <summary>
/// What a build signed, as <c>report.json</c>. The schema is described in docs/report.md; fields are added, never renamed,
/// within one <see cref="SchemaVersion"/>. Times are UTC, hashes lower-case hex unless they say base64.
/// </summary>
public sealed record BuildReport
{
    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the schema.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Version of Sign.Build.</summary>
    public required string SignBuild { get; init; }

    /// <summary>Version of the NuGet that made the attributes and gave the second opinion.</summary>
    public required string NuGet { get; init; }

    /// <summary>When the report was last written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>All packages of the builds that wrote here and that still exist, by path.</summary>
    public required IReadOnlyList<PackageReport> Packages { get; init; }
}

/// <summary>One signed package.</summary>
public sealed record PackageReport
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Package id.</summary>
    public required string Id { get; init; }

    /// <summary>Package version.</summary>
    public required string Version { get; init; }

    /// <summary><c>Signed</c>, <c>Reused</c> or <c>Countersigned</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Where the certificate came from.</summary>
    public required string Source { get; init; }

    /// <summary><c>NuGetOrg</c> or <c>Private</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Bytes of the signed file.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-512 of the file before it was signed, which is its content hash, base64; as <c>dotnet nuget verify</c> prints it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>SHA-256 of the signed file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Chain of the signing certificate, leaf first. Empty where the package was not verified.</summary>
    public required IReadOnlyList<CertificateReport> Signer { get; init; }

    /// <summary>The timestamp.</summary>
    public required TimestampReport Timestamp { get; init; }

    /// <summary>Every rule with its verdict. Empty with <c>SignBuildVerify=false</c>.</summary>
    public required IReadOnlyList<RuleReport> Rules { get; init; }

    /// <summary>How long signing and verifying took.</summary>
    public required double Milliseconds { get; init; }
}

/// <summary>One certificate.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Sha256">Fingerprint.</param>
/// <param name="NotBefore">Start of its validity.</param>
/// <param name="NotAfter">End of its validity.</param>
public sealed record CertificateReport(string Subject, string Sha256, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>One timestamp.</summary>
/// <param name="Time">The time that it proves.</param>
/// <param name="Authority">Who gave it.</param>
/// <param name="Chain">Chain of the authority's certificate, leaf first. Empty where the package was not verified.</param>
public sealed record TimestampReport(DateTimeOffset Time, string Authority, IReadOnlyList<CertificateReport> Chain);

/// <summary>One rule.</summary>
/// <param name="Code">Its diagnostic.</param>
/// <param name="Rule">What it demands.</param>
/// <param name="Verdict"><c>passed</c>, <c>warning</c>, <c>failed</c>, or <c>skipped</c> where the settings do not ask for it.</param>
/// <param name="Message">What was found, or null.</param>
public sealed record RuleReport(string Code, string Rule, string Verdict, string? Message);
