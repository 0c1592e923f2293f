using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification;

/// <summary>The rules that packages, certificates and timestamps are held to, with everything read that they need.</summary>
public sealed record VerificationPolicy
{
    /// <summary>What nuget.org accepts, with nothing known about owners.</summary>
    public static VerificationPolicy NuGetOrg { get; } = new();

    /// <summary>The rules for a private feed, with nothing known about owners.</summary>
    public static VerificationPolicy Private { get; } = new() { Name = PolicyName.Private };

    /// <summary>Which of the two it is.</summary>
    public PolicyName Name { get; init; }

    /// <summary>Owners of the packages on nuget.org with the certificates that they registered. Empty: registration is not checked.</summary>
    public IReadOnlyList<RegisteredOwner> Owners { get; init; } = [];

    /// <summary>The owner who must sign, or null: any owner.</summary>
    public string? RequiredSigner { get; init; }

    /// <summary>Whose packages are accepted. Empty: anybody's.</summary>
    public IReadOnlyList<TrustedSigner> TrustedSigners { get; init; } = [];

    /// <summary>How long before its end a signing certificate is warned about (SGN2010); zero: never.</summary>
    public TimeSpan ExpiryWarning { get; init; }

    /// <summary>
    /// Whether SGN5012 says that nobody could be asked about revocation. Not where that is what was asked for: offline, NuGet is silent too.
    /// </summary>
    public bool ReportsUnknownRevocation { get; init; } = true;

    /// <summary>
    /// Whether the certificates must be valid at the time of verification too. nuget.org demands it when a package is pushed;
    /// a private feed holds packages that were signed long ago, for which the time of the timestamp counts.
    /// </summary>
    internal bool RequiresValidityNow => Name == PolicyName.NuGetOrg;

    /// <summary>Reads the registered certificates that the settings name.</summary>
    /// <exception cref="SignBuildException">SGN1002: a file is not what nuget.org registers, or the required signer is no owner.</exception>
    public static VerificationPolicy From(PolicySettings settings)
    {
        RegisteredOwner[] owners = [.. settings.Owners.Select(RegisteredCertificates.Read)];
        if (settings.RequiredSigner is { } signer && !Array.Exists(owners, owner => owner.HasName(signer)))
        {
            throw new SignBuildException(Diagnostics.InvalidValue(
                "SignBuildRequiredSigner",
                signer,
                owners.Length == 0 ? "an owner, and list that owner as a SignBuildOwner item" : "one of the SignBuildOwner items: " + string.Join(", ", owners.Select(owner => owner.Name))));
        }

        return new VerificationPolicy
        {
            Name = settings.Policy,
            Owners = owners,
            RequiredSigner = settings.RequiredSigner,
            ReportsUnknownRevocation = settings.RevocationMode == RevocationMode.Online,
            TrustedSigners = [.. settings.TrustedSigners.Select(TrustedSigner.Read)],
            ExpiryWarning = TimeSpan.FromDays(settings.ExpiryWarningDays),
        };
    }
}
