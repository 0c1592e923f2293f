using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>Which certificate in which vault.</summary>
/// <param name="Vault">Root address of the vault.</param>
/// <param name="Certificate">Name of the certificate.</param>
/// <param name="Version">Version, or null for the current one.</param>
internal sealed record KeyVaultAddress(Uri Vault, string Certificate, string? Version)
{
    private const string ApiVersion = "?api-version=7.4";
    private const int MaxNameLength = 127;

    /// <summary>The vault, as it may be shown.</summary>
    public string Service => "Key Vault " + Vault.GetLeftPart(UriPartial.Authority);

    /// <summary>The certificate, as it may be shown.</summary>
    public string Description => $"{Service}, certificate '{Certificate}'" + (Version is null ? "" : $" version {Version}");

    /// <summary>Address of the certificate.</summary>
    public Uri CertificateUrl => new(Vault, $"/certificates/{Certificate}{(Version is null ? "" : "/" + Version)}{ApiVersion}");

    /// <summary>Address of the sign operation of a key. Only the path comes from the vault's answer, never the host.</summary>
    public Uri SignUrl(string keyPath) => new(Vault, $"{keyPath}/sign{ApiVersion}");

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SignBuildException">SGN1002.</exception>
    public static KeyVaultAddress From(CertificateSettings settings)
    {
        var url = settings.KeyVaultUrl
            ?? throw Invalid("SignBuildKeyVaultUrl", "", "the address of the vault, for example https://contoso.vault.azure.net");
        if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.Scheme != Uri.UriSchemeHttps)
        {
            throw Invalid("SignBuildKeyVaultUrl", url.GetLeftPart(UriPartial.Path), "the address of the vault alone, for example https://contoso.vault.azure.net, and name the certificate in SignBuildKeyVaultCertificate");
        }

        var name = settings.KeyVaultCertificate ?? "";
        if (!IsName(name))
        {
            throw Invalid("SignBuildKeyVaultCertificate", name, "the name of a certificate in the vault (letters, digits and dashes)");
        }

        var version = settings.KeyVaultCertificateVersion;
        return version is null || IsName(version)
            ? new KeyVaultAddress(url, name, version)
            : throw Invalid("SignBuildKeyVaultCertificateVersion", version, "a version of the certificate as the vault shows it (letters and digits)");
    }

    /// <summary>The path of a key identifier, <c>/keys/name/version</c>, or null where it is not one.</summary>
    public static string? KeyPath(string keyIdentifier) =>
        Uri.TryCreate(keyIdentifier, UriKind.Absolute, out var url)
        && url.AbsolutePath.Split('/') is ["", "keys", var name, var version]
        && IsName(name) && IsName(version)
            ? $"/keys/{name}/{version}"
            : null;

    /// <summary>What Key Vault takes as a name; nothing that means something in a URL.</summary>
    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static SignBuildException Invalid(string property, string value, string allowed) => new(Diagnostics.InvalidValue(property, value, allowed));
}
