using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>The only place that knows which property selects which source.</summary>
public static class SigningIdentitySources
{
    /// <summary>
    /// The source that <paramref name="settings"/> configure. What counts is which properties are set, not what they lead to,
    /// so that a project that names two sources fails on every machine alike.
    /// </summary>
    /// <param name="settings">Where the certificate is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="maxParallelism">Requests in flight to a key service.</param>
    /// <returns>Null where none is configured, or where the variable of <c>SignBuildCertificateVariable</c> is empty.</returns>
    /// <exception cref="SignBuildException">SGN1002, SGN1003, SGN1005.</exception>
    public static ISigningIdentitySource? Select(CertificateSettings settings, TimeProvider clock, int maxParallelism = 8)
    {
        var sources = Configured(settings);
        if (sources.Count > 1)
        {
            throw new SignBuildException(Diagnostics.SeveralCertificateSources([.. sources.Select(source => source.Property)]));
        }

        RequireCompanions(settings);
        return sources is [var only] && Create(only.Kind, settings, clock, maxParallelism) is { } source
            ? new ConfiguredIdentitySource(source, settings)
            : null;
    }

    // The certificate's file is a source of its own, or the public part for a key in a token; fingerprint and subject
    // are two criteria of one search.
    private static List<ConfiguredSource> Configured(CertificateSettings settings)
    {
        var sources = new List<ConfiguredSource>();
        if (settings.Path is not null && settings.Pkcs11Key is null)
        {
            sources.Add(new ConfiguredSource(SourceKind.File, "SignBuildCertificatePath"));
        }

        if (settings.Variable is not null)
        {
            sources.Add(new ConfiguredSource(SourceKind.Environment, "SignBuildCertificateVariable"));
        }

        if (settings.Fingerprint is not null || settings.Subject is not null)
        {
            sources.Add(new ConfiguredSource(SourceKind.Store, settings.Fingerprint is not null ? "SignBuildCertificateFingerprint" : "SignBuildCertificateSubject"));
        }

        if (settings.KeyVaultUrl is not null)
        {
            sources.Add(new ConfiguredSource(SourceKind.KeyVault, "SignBuildKeyVaultUrl"));
        }

        if (settings.Pkcs11Key is not null)
        {
            sources.Add(new ConfiguredSource(SourceKind.Pkcs11, "SignBuildPkcs11Key"));
        }

        return sources;
    }

    private static void RequireCompanions(CertificateSettings settings)
    {
        Require(settings.KeyPath is null || settings.Path is not null,
            "SignBuildCertificatePath", $"the certificate that belongs to the key in SignBuildCertificateKeyPath ('{settings.KeyPath}')");
        Require(settings.KeyVaultUrl is null || settings.KeyVaultCertificate is not null,
            "SignBuildKeyVaultCertificate", $"the name of the certificate in the vault {settings.KeyVaultUrl}");
        Require(settings.KeyVaultCertificate is null || settings.KeyVaultUrl is not null,
            "SignBuildKeyVaultUrl", $"the address of the vault that has the certificate '{settings.KeyVaultCertificate}', https://<name>.vault.azure.net");
        Require(settings.Pkcs11Key is null || settings.Path is not null,
            "SignBuildCertificatePath", "the file with the certificate (public part, PEM or DER) of the key in SignBuildPkcs11Key");
        if (settings.Pkcs11Key is not null && settings.KeyPath is not null)
        {
            throw new SignBuildException(Diagnostics.SeveralCertificateSources(["SignBuildPkcs11Key", "SignBuildCertificateKeyPath"]));
        }

        static void Require(bool holds, string property, string allowed)
        {
            if (!holds)
            {
                throw new SignBuildException(Diagnostics.InvalidValue(property, "", allowed));
            }
        }
    }

    private static ISigningIdentitySource? Create(SourceKind kind, CertificateSettings settings, TimeProvider clock, int maxParallelism) => kind switch
    {
        SourceKind.File => new FileIdentitySource(settings),
        SourceKind.Environment => EnvironmentIdentitySource.IsSet(settings.Variable!) ? new EnvironmentIdentitySource(settings) : null,
        SourceKind.Store => new StoreIdentitySource(settings, clock),
        SourceKind.KeyVault => new KeyVaultIdentitySource(settings, clock, maxParallelism),
        SourceKind.Pkcs11 => new Pkcs11IdentitySource(settings, clock),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private sealed record ConfiguredSource(SourceKind Kind, string Property);

    private enum SourceKind
    {
        File,
        Environment,
        Store,
        KeyVault,
        Pkcs11,
    }
}
