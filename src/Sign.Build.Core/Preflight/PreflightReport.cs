namespace Sign.Build.Core.Preflight;

/// <summary>What the check before the build found out.</summary>
/// <param name="Findings">Everything that is wrong or soon will be, each once; the certificate first, then timestamps.</param>
public sealed record PreflightReport(IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>The certificate that would sign, by its name; null where none was found.</summary>
    public string? Signer { get; init; }

    /// <summary>Its SHA-256 fingerprint, lower-case hex.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>The authority that gave a timestamp; null where none did.</summary>
    public string? TimestampAuthority { get; init; }

    /// <summary>Whether a package would be signed.</summary>
    public bool IsReady => Findings.All(finding => finding.Level != DiagnosticLevel.Error);

    /// <summary>One line for the log of a build that is ready.</summary>
    public string Summary =>
        $"Ready to sign as '{Signer}' (SHA-256 {Fingerprint}, expires {ExpiresOn?.UtcDateTime:yyyy-MM-dd}), timestamps by {TimestampAuthority}.";
}
