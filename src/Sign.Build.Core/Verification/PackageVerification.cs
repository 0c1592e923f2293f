namespace Sign.Build.Core.Verification;

/// <summary>What verification says about one package.</summary>
/// <param name="Path">Absolute path of the file.</param>
/// <param name="Package">What was read, or null where the file is no readable package.</param>
/// <param name="Findings">Errors and warnings, each about <paramref name="Path"/>.</param>
public sealed record PackageVerification(string Path, InspectedPackage? Package, IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>Whether there is no error.</summary>
    public bool IsAccepted => !Findings.Any(finding => finding.Level == DiagnosticLevel.Error);

    /// <summary>NuGet's content hash (SHA-512 of the package without its signature, base64), or null where it was not asked for.</summary>
    public string? ContentHash { get; init; }
}
