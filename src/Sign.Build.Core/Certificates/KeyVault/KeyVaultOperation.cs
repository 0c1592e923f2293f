using Azure.Core;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>What the vault is asked for, and what allows it.</summary>
/// <param name="Permission">Access policy permission.</param>
/// <param name="Role">Built-in role that holds it.</param>
internal sealed record KeyVaultOperation(string Permission, string Role)
{
    public static KeyVaultOperation GetCertificate { get; } = new("certificates/get", "Key Vault Certificate User");

    public static KeyVaultOperation Sign { get; } = new("keys/sign", "Key Vault Crypto User");

    public RequestMethod Method => this == Sign ? RequestMethod.Post : RequestMethod.Get;

    /// <summary>What to grant, as a sentence.</summary>
    public string Grant =>
        $"Give the identity that signs in the role '{Role}' on the vault or on this object (vaults with access policies: the permission {Permission}); a new assignment takes up to ten minutes to work.";
}
