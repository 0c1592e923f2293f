using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Configuration;

/// <summary>Where the signing certificate is. Holds names and places, never a secret. Paths are absolute.</summary>
public sealed record CertificateSettings
{
    /// <summary><c>SignBuildCertificatePath</c>: PFX or PEM file, or null.</summary>
    public string? Path { get; init; }

    /// <summary><c>SignBuildCertificateKeyPath</c>: PEM key, or null when it is in the certificate's file.</summary>
    public string? KeyPath { get; init; }

    /// <summary><c>SignBuildCertificatePasswordVariable</c>: name of the environment variable that holds the password.</summary>
    public string PasswordVariable { get; init; } = "SIGNBUILD_CERTIFICATE_PASSWORD";

    /// <summary><c>SignBuildCertificatePasswordFile</c>: file whose first line is the password, or null.</summary>
    public string? PasswordFile { get; init; }

    /// <summary><c>SignBuildCertificateVariable</c>: name of the environment variable that holds a base64 PFX, or null.</summary>
    public string? Variable { get; init; }

    /// <summary><c>SignBuildCertificateFingerprint</c> as the user wrote it, or null.</summary>
    public string? Fingerprint { get; init; }

    /// <summary><c>SignBuildCertificateSubject</c>: simple name or full distinguished name, or null.</summary>
    public string? Subject { get; init; }

    /// <summary><c>SignBuildCertificateStoreName</c>.</summary>
    public string StoreName { get; init; } = "My";

    /// <summary><c>SignBuildCertificateStoreLocation</c>.</summary>
    public StoreLocation StoreLocation { get; init; } = StoreLocation.CurrentUser;

    /// <summary><c>SignBuildKeyVaultUrl</c>, or null.</summary>
    public Uri? KeyVaultUrl { get; init; }

    /// <summary><c>SignBuildKeyVaultCertificate</c>: name of the certificate in the vault, or null.</summary>
    public string? KeyVaultCertificate { get; init; }

    /// <summary><c>SignBuildKeyVaultCertificateVersion</c>, or null for the current one.</summary>
    public string? KeyVaultCertificateVersion { get; init; }

    /// <summary><c>SignBuildAzureCredential</c>.</summary>
    public AzureCredentialKind AzureCredential { get; init; }

    /// <summary><c>SignBuildAzureTenantId</c>, or null.</summary>
    public string? AzureTenantId { get; init; }

    /// <summary><c>SignBuildAzureClientId</c>, or null.</summary>
    public string? AzureClientId { get; init; }

    /// <summary><c>SignBuildAzureAuthorityHost</c>, or null for what <c>AZURE_AUTHORITY_HOST</c> or Azure's public cloud says.</summary>
    public Uri? AzureAuthorityHost { get; init; }

    /// <summary><c>SignBuildPkcs11Key</c>: RFC 7512 URI of a private key, or null.</summary>
    public string? Pkcs11Key { get; init; }

    /// <summary><c>SignBuildPkcs11PinVariable</c>: name of the environment variable that holds the PIN.</summary>
    public string Pkcs11PinVariable { get; init; } = "SIGNBUILD_PKCS11_PIN";

    /// <summary><c>SignBuildExpectedFingerprint</c>: the one certificate that may sign, whatever its source, or null.</summary>
    public string? ExpectedFingerprint { get; init; }

    /// <summary><c>SignBuildAdditionalCertificate</c> items: files with intermediates.</summary>
    public IReadOnlyList<string> AdditionalCertificatePaths { get; init; } = [];
}
