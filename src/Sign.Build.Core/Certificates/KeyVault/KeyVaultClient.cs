using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// The two operations of Key Vault's REST API that signing needs. Azure's own client packages would replace this file.
/// https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate/get-certificate
/// https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign
/// </summary>
internal sealed class KeyVaultClient(KeyVaultAddress address, KeyVaultChannel channel, TimeProvider clock) : IDisposable
{
    /// <summary>Gets the certificate, checked to be one whose key may sign now.</summary>
    /// <exception cref="SignBuildException">SGN2001, SGN2003, SGN2006, SGN2007.</exception>
    public async Task<KeyVaultCertificate> GetCertificateAsync(CancellationToken cancellationToken)
    {
        var answer = await channel.SendAsync(KeyVaultOperation.GetCertificate, address.CertificateUrl, default, cancellationToken).ConfigureAwait(false);
        return KeyVaultCertificate.Read(answer, address, clock.GetUtcNow());
    }

    /// <summary>Has a digest signed, RSASSA-PKCS1-v1_5.</summary>
    /// <returns>What the vault calls the signature; not checked here.</returns>
    /// <exception cref="SignBuildException">SGN2001, SGN2006, SGN2007.</exception>
    public async Task<byte[]> SignAsync(string keyPath, ReadOnlyMemory<byte> digest, HashAlgorithmName algorithm, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["alg"] = "RS" + algorithm.Name!["SHA".Length..],
            ["value"] = Base64Url.EncodeToString(digest.Span),
        });
        var answer = await channel.SendAsync(KeyVaultOperation.Sign, address.SignUrl(keyPath), request, cancellationToken).ConfigureAwait(false);
        var value = answer.Text("value") ?? "";
        return value.Length > 0 && Base64Url.IsValid(value)
            ? Base64Url.DecodeFromChars(value)
            : throw new SignBuildException(Diagnostics.KeyServiceSilent(address.Service, "its answer holds no signature."));
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();
}
