using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Configuration;

/// <summary>Turns what a project set into <see cref="SignBuildSettings"/>.</summary>
public static class SettingsReader
{
    /// <summary>Parses and checks all properties and items of one project.</summary>
    /// <param name="properties">Values by property name; names that are not set may be absent or empty.</param>
    /// <param name="items">The items of the project that are settings.</param>
    /// <param name="projectDirectory">Absolute folder that relative paths start from.</param>
    /// <exception cref="SignBuildException">SGN1002 for a value that a property cannot have.</exception>
    public static SignBuildSettings Read(IReadOnlyDictionary<string, string> properties, SettingItems items, string projectDirectory)
    {
        var values = new SettingValues(properties, projectDirectory);
        return new SignBuildSettings
        {
            Mode = values.Choice("SignBuildMode", SigningMode.Auto),
            Certificate = ReadCertificate(values, items),
            Timestamp = ReadTimestamp(values),
            Policy = ReadPolicy(values, items),
            HashAlgorithm = values.Hash("SignBuildHashAlgorithm", new SignBuildSettings().HashAlgorithm),
            ExistingSignature = values.Choice("SignBuildExistingSignature", ExistingSignatureBehavior.Reuse),
            RejectedPackages = values.Choice("SignBuildRejectedPackages", RejectedPackageBehavior.Quarantine),
            SymbolPackages = values.Flag("SignBuildSymbolPackages", false),
            Preflight = values.Flag("SignBuildPreflight", true),
            Verify = values.Flag("SignBuildVerify", true),
            ReportDirectory = values.Path("SignBuildReportDirectory"),
            ServiceIndexUrl = values.Url("SignBuildServiceIndexUrl", "https"),
            RepositoryOwners = values.List("SignBuildRepositoryOwners"),
            RepositorySign = values.Flag("SignBuildRepositorySign", false),
            MaxParallelism = values.Number("SignBuildMaxParallelism", 1, 256, new SignBuildSettings().MaxParallelism),
        };
    }

    private static CertificateSettings ReadCertificate(SettingValues values, SettingItems items)
    {
        var defaults = new CertificateSettings();
        return new CertificateSettings
        {
            Path = values.Path("SignBuildCertificatePath"),
            KeyPath = values.Path("SignBuildCertificateKeyPath"),
            PasswordVariable = values.VariableName("SignBuildCertificatePasswordVariable") ?? defaults.PasswordVariable,
            PasswordFile = values.Path("SignBuildCertificatePasswordFile"),
            Variable = values.VariableName("SignBuildCertificateVariable"),
            Fingerprint = values.Text("SignBuildCertificateFingerprint"),
            Subject = values.Text("SignBuildCertificateSubject"),
            StoreName = values.Text("SignBuildCertificateStoreName", defaults.StoreName),
            StoreLocation = values.Choice("SignBuildCertificateStoreLocation", StoreLocation.CurrentUser),
            KeyVaultUrl = values.Url("SignBuildKeyVaultUrl", "https"),
            KeyVaultCertificate = values.Text("SignBuildKeyVaultCertificate"),
            KeyVaultCertificateVersion = values.Text("SignBuildKeyVaultCertificateVersion"),
            AzureCredential = values.Choice("SignBuildAzureCredential", AzureCredentialKind.Default),
            AzureTenantId = values.Text("SignBuildAzureTenantId"),
            AzureClientId = values.Text("SignBuildAzureClientId"),
            AzureAuthorityHost = values.Url("SignBuildAzureAuthorityHost", "https"),
            Pkcs11Key = values.Text("SignBuildPkcs11Key"),
            Pkcs11PinVariable = values.VariableName("SignBuildPkcs11PinVariable") ?? defaults.Pkcs11PinVariable,
            ExpectedFingerprint = values.Text("SignBuildExpectedFingerprint"),
            AdditionalCertificatePaths = [.. items.AdditionalCertificates.Select(values.Absolute)],
        };
    }

    private static TimestampSettings ReadTimestamp(SettingValues values)
    {
        var defaults = new TimestampSettings();
        var urls = values.List("SignBuildTimestampUrl");
        return new TimestampSettings
        {
            Authorities = urls.Count == 0
                ? defaults.Authorities
                : [.. urls.Select(url => SettingValues.ParseUrl("SignBuildTimestampUrl", url, "http", "https"))],
            Timeout = TimeSpan.FromSeconds(values.Number("SignBuildTimestampTimeout", 1, 600, (int)defaults.Timeout.TotalSeconds)),
            Deadline = TimeSpan.FromSeconds(values.Number("SignBuildTimestampDeadline", 1, 3600, (int)defaults.Deadline.TotalSeconds)),
            HashAlgorithm = values.Hash("SignBuildTimestampHashAlgorithm", defaults.HashAlgorithm),
        };
    }

    private static PolicySettings ReadPolicy(SettingValues values, SettingItems items)
    {
        var policy = values.Choice("SignBuildPolicy", PolicyName.NuGetOrg);
        if (policy == PolicyName.NuGetOrg && items.TrustedRoots.Count > 0)
        {
            throw new SignBuildException(Diagnostics.TrustedRootWithNuGetOrg(items.TrustedRoots[0]));
        }

        return new PolicySettings
        {
            Policy = policy,
            RequiredSigner = values.Text("SignBuildRequiredSigner"),
            Owners = [.. items.Owners.Select(owner => ResolveOwner(owner, values))],
            TrustedSigners = [.. items.TrustedSigners.Select(signer => ResolveSigner(signer, values))],
            TrustedRootPaths = [.. items.TrustedRoots.Select(values.Absolute)],
            RevocationMode = ReadRevocationMode(values),
            ExpiryWarningDays = values.Number("SignBuildCertificateExpiryWarningDays", 0, 3650, new PolicySettings().ExpiryWarningDays),
        };
    }

    // NuGet's own variable is the default, so that a machine that is set up for NuGet behaves alike here.
    // https://learn.microsoft.com/nuget/reference/cli-reference/cli-ref-environment-variables
    private static RevocationMode ReadRevocationMode(SettingValues values)
    {
        var fromEnvironment = Environment.GetEnvironmentVariable("NUGET_CERT_REVOCATION_MODE");
        var defaultMode = "offline".Equals(fromEnvironment?.Trim(), StringComparison.OrdinalIgnoreCase) ? RevocationMode.Offline : RevocationMode.Online;
        return values.Choice("SignBuildRevocationMode", defaultMode);
    }

    private static PackageOwner ResolveOwner(PackageOwner owner, SettingValues values) =>
        owner with { Certificates = ResolveCertificates(owner.Certificates, values) };

    private static TrustedSignerSettings ResolveSigner(TrustedSignerItem item, SettingValues values) => new(
        item.Name,
        ResolveCertificates(item.Certificates, values),
        item.ServiceIndexUrl is null ? null : SettingValues.ParseUrl("SignBuildTrustedRepository", item.ServiceIndexUrl, "https"),
        item.Owners,
        SettingValues.ParseFlag($"the metadata AllowUntrustedRoot of '{item.Name}'", item.AllowUntrustedRoot, false));

    // Fingerprints stay as they are written; the others are files.
    private static IReadOnlyList<string> ResolveCertificates(IReadOnlyList<string> certificates, SettingValues values) =>
        [.. certificates.Select(certificate => Certificates.Fingerprint.Normalize(certificate) is { Length: 64 or 40 or 96 or 128 } ? certificate : values.Absolute(certificate))];
}
