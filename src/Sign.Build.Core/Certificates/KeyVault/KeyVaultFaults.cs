namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>Which diagnostic an answer of the vault is that is neither success nor worth another attempt.</summary>
internal static class KeyVaultFaults
{
    public static Diagnostic From(KeyVaultReply reply, KeyVaultOperation operation, KeyVaultAddress address) => reply.Status switch
    {
        401 => Diagnostics.KeyServiceRefused(address.Service,
            "Sign in with an identity of the vault's own tenant (SignBuildAzureTenantId, AZURE_TENANT_ID).", reply.Summary()),
        403 => Forbidden(reply, operation, address),
        404 => NotFound(reply, operation, address),
        >= 300 and < 400 => Diagnostics.KeyServiceSilent(address.Service,
            $"HTTP {reply.Status}, a redirect, which a vault does not send and which is not followed. Check SignBuildKeyVaultUrl and the proxy."),
        >= 400 and < 500 => Diagnostics.KeyServiceRefused(address.Service, "Check SignBuildKeyVaultUrl, SignBuildKeyVaultCertificate and SignBuildKeyVaultCertificateVersion.", reply.Summary()),
        _ => Diagnostics.KeyServiceSilent(address.Service, reply.Summary()),
    };

    /// <summary>A success that is not what the service documents.</summary>
    public static Diagnostic Unusable(KeyVaultReply reply, KeyVaultAddress address) => Diagnostics.KeyServiceSilent(address.Service,
        $"HTTP {reply.Status} with '{SafeText.Line(reply.MediaType, 60)}' that is not the JSON of a vault. A proxy or a sign-in page may be in between.");

    private static Diagnostic Forbidden(KeyVaultReply reply, KeyVaultOperation operation, KeyVaultAddress address)
    {
        var (code, innerCode, _) = reply.Error();
        var cause = innerCode.Length > 0 ? innerCode : code;
        var fix = cause switch
        {
            "KeyDisabled" => $"Enable the key of certificate '{address.Certificate}' in the vault, or choose a version whose key is enabled.",
            "CertificateDisabled" or "SecretDisabled" => $"Enable certificate '{address.Certificate}' in the vault, or choose a version that is enabled.",
            "KeyExpired" or "KeyNotYetValid" => $"Give the key of certificate '{address.Certificate}' an activation and an expiration date that let it sign now, or choose another version.",
            "ForbiddenByFirewall" => "Let this machine through the vault's network rules (its public address, or a private endpoint).",
            "ForbiddenByConnection" => "Use the vault's private endpoint from this machine: its public network access is off.",
            _ => operation.Grant,
        };
        return Diagnostics.KeyServiceRefused(address.Service, fix, reply.Summary());
    }

    private static Diagnostic NotFound(KeyVaultReply reply, KeyVaultOperation operation, KeyVaultAddress address)
    {
        var fix = operation == KeyVaultOperation.Sign
            ? $"Restore the key of certificate '{address.Certificate}': the vault has the certificate but not its key, which may have been deleted."
            : address.Version is null
                ? "Check SignBuildKeyVaultCertificate (a certificate, not a key or a secret) and SignBuildKeyVaultUrl; a deleted certificate can be recovered in the vault while it is soft-deleted."
                : "Check SignBuildKeyVaultCertificateVersion and SignBuildKeyVaultCertificate; leave the version out to use the current one. A deleted certificate can be recovered in the vault while it is soft-deleted.";
        return Diagnostics.CertificateNotFound(address.Description, $"{fix} The vault says {reply.Summary().TrimEnd('.')}.");
    }
}
