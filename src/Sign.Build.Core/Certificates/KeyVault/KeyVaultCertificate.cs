using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>A certificate of the vault whose key may sign now.</summary>
/// <param name="RawData">DER. The vault gives the certificate alone, without those that issued it.</param>
/// <param name="KeyPath">Path of its key in the vault.</param>
internal sealed record KeyVaultCertificate(byte[] RawData, string KeyPath)
{
    /// <summary>Reads and checks the vault's answer.</summary>
    /// <exception cref="SignBuildException">SGN2001, SGN2003, SGN2006, SGN2007.</exception>
    public static KeyVaultCertificate Read(JsonElement answer, KeyVaultAddress address, DateTimeOffset now)
    {
        CheckVersion(answer, address);
        CheckAttributes(answer.Member("attributes"), address, now);
        var rawData = RawDataOf(answer, address);
        using var certificate = Load(rawData, address);
        CheckValidityInVault(answer.Member("attributes"), certificate, address, now);
        CheckKeyType(answer, certificate, address);
        var keyPath = KeyVaultAddress.KeyPath(answer.Text("kid") ?? "")
            ?? throw Fault(Diagnostics.KeyServiceSilent(address.Service, "the certificate names no key of the vault."));
        return new KeyVaultCertificate(rawData, keyPath);
    }

    private static void CheckVersion(JsonElement answer, KeyVaultAddress address)
    {
        if (address.Version is { } version && answer.Text("id")?.EndsWith("/" + version, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw Fault(Diagnostics.KeyServiceSilent(address.Service, $"it gave another version of the certificate than {version}."));
        }
    }

    private static void CheckAttributes(JsonElement? attributes, KeyVaultAddress address, DateTimeOffset now)
    {
        if (attributes?.Flag("enabled") == false)
        {
            throw Fault(Diagnostics.KeyServiceRefused(address.Service,
                $"Enable certificate '{address.Certificate}' in the vault, or choose a version that is enabled.", "the certificate is disabled."));
        }

        if (attributes?.Time("nbf") is { } start && start > now)
        {
            throw Fault(Diagnostics.KeyServiceRefused(address.Service,
                $"Choose a version of certificate '{address.Certificate}' that is active already, or correct its activation date.", $"the certificate is not active before {Show(start)}."));
        }
    }

    private static byte[] RawDataOf(JsonElement answer, KeyVaultAddress address)
    {
        var text = answer.Text("cer") ?? "";
        if (text.Length == 0)
        {
            throw Fault(Diagnostics.CertificateNotFound(address.Description,
                "Finish the certificate's creation in the vault (merge the certificate that the authority issued for its request)."));
        }

        var rawData = new byte[text.Length];
        return Convert.TryFromBase64String(text, rawData, out var length)
            ? rawData[..length]
            : throw Fault(Diagnostics.KeyServiceSilent(address.Service, $"what it calls the certificate ({text.Length} characters) is not base64."));
    }

    private static X509Certificate2 Load(byte[] rawData, KeyVaultAddress address)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(rawData);
        }
        catch (CryptographicException e)
        {
            throw new SignBuildException(Diagnostics.KeyServiceSilent(address.Service, $"what it calls the certificate ({rawData.Length} bytes) is not one."), e);
        }

        if (CertificateContent.IsReadable(certificate) && CertificateContent.HasReadableKey(certificate))
        {
            return certificate;
        }

        certificate.Dispose();
        throw Fault(Diagnostics.KeyServiceSilent(address.Service,
            $"the certificate that it gives ({rawData.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(rawData))}) has malformed times, names or key. Import or create it in the vault again."));
    }

    /// <summary>The vault's own end of validity. Where the certificate itself has expired, the rules say so better.</summary>
    private static void CheckValidityInVault(JsonElement? attributes, X509Certificate2 certificate, KeyVaultAddress address, DateTimeOffset now)
    {
        if (attributes?.Time("exp") is { } end && end <= now && certificate.NotAfter.ToUniversalTime() > now.UtcDateTime)
        {
            throw Fault(Diagnostics.KeyServiceRefused(address.Service,
                $"Correct the expiration date of certificate '{address.Certificate}' in the vault, or choose another version.", $"the certificate's expiration date in the vault is {Show(end)}."));
        }
    }

    private static void CheckKeyType(JsonElement answer, X509Certificate2 certificate, KeyVaultAddress address)
    {
        var declared = answer.Member("policy")?.Member("key_props")?.Text("kty");
        using var key = certificate.GetRSAPublicKey();
        if (key is null || declared is not (null or "RSA" or "RSA-HSM"))
        {
            throw Fault(Diagnostics.NoPrivateKey(address.Description, SafeText.DisplayName(certificate),
                $"Create the certificate with a key of type RSA or RSA-HSM: packages can be signed with RSA alone, and this key is of type {SafeText.Line(declared ?? certificate.PublicKey.Oid.FriendlyName, 40)}."));
        }
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static SignBuildException Fault(Diagnostic diagnostic) => new(diagnostic);
}
