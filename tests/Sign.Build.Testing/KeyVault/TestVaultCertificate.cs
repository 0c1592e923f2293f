using System.Security.Cryptography;

namespace Sign.Build.Testing;

/// <summary>A version of a certificate in a vault, and its key. May be changed while the vault runs.</summary>
public sealed class TestVaultCertificate
{
    /// <summary>Name in the vault.</summary>
    public required string Name { get; init; }

    /// <summary>Version, 32 hex digits.</summary>
    public string Version { get; init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The certificate, and the key unless <see cref="SigningKey"/> is another.</summary>
    public required TestCertificate Certificate { get; init; }

    /// <summary>The key that signs, or null for the certificate's.</summary>
    public RSA? SigningKey { get; set; }

    /// <summary>Key type that the policy states.</summary>
    public string KeyType { get; init; } = "RSA-HSM";

    /// <summary>Host in the key identifier; a client must not go there.</summary>
    public string KeyHost { get; init; } = "https://elsewhere.vault.test";

    /// <summary>Attribute of the certificate.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Attribute of the key.</summary>
    public bool KeyEnabled { get; set; } = true;

    /// <summary>Attribute of the certificate, or null.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Attribute of the certificate, or null.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Whether it is soft-deleted, its key too.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether only the key is gone.</summary>
    public bool IsKeyDeleted { get; set; }

    /// <summary>What the vault gives instead of the certificate's DER, or null.</summary>
    public byte[]? RawData { get; set; }

    /// <summary>Whether the authority's certificate has not been merged yet.</summary>
    public bool IsPending { get; set; }
}
