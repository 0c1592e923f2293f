using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// A certificate in Azure Key Vault; the vault signs, the key never leaves it.
/// One source is used for a whole build: it signs in once, asks for the certificate once, and remembers a refusal.
/// The identities that it gives out use it, so it must outlive them.
/// </summary>
/// <remarks>No member's signature names a type of Azure's libraries: they are loaded when a certificate is asked for, and else never.</remarks>
public sealed class KeyVaultIdentitySource : ISigningIdentitySource, IDisposable
{
    private readonly CertificateSettings _settings;
    private readonly KeyVaultAddress _address;
    private readonly TimeProvider _clock;
    private readonly int _maxParallelism;
    private readonly HttpMessageHandler? _handler;
    private readonly KeyVaultLimits _limits;
    private readonly SemaphoreSlim _gate = new(1);
    private KeyVaultClient? _client;
    private Found? _found;
    private Diagnostic? _refusal;

    /// <summary>Makes the source; asks nobody yet.</summary>
    /// <param name="settings">Vault, certificate and sign-in.</param>
    /// <param name="clock">The time, for validity and pauses.</param>
    /// <param name="maxParallelism">Requests in flight.</param>
    /// <exception cref="SignBuildException">SGN1002.</exception>
    public KeyVaultIdentitySource(CertificateSettings settings, TimeProvider clock, int maxParallelism = 8)
        : this(settings, clock, maxParallelism, handler: null, KeyVaultLimits.Default)
    {
    }

    internal KeyVaultIdentitySource(CertificateSettings settings, TimeProvider clock, int maxParallelism, HttpMessageHandler? handler, KeyVaultLimits limits)
    {
        _settings = settings;
        _address = KeyVaultAddress.From(settings);
        _clock = clock;
        _maxParallelism = maxParallelism;
        _handler = handler;
        _limits = limits;
    }

    /// <inheritdoc/>
    public string Description => _address.Description;

    /// <inheritdoc/>
    public async Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_refusal is not null)
            {
                throw new SignBuildException(_refusal);
            }

            _found ??= await FindAsync(cancellationToken).ConfigureAwait(false);
            return CreateIdentity(_client!, _found);
        }
        catch (SignBuildException e)
        {
            _refusal = e.Diagnostic;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _gate.Dispose();
    }

    private async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        _client ??= CreateClient();
        var certificate = await _client.GetCertificateAsync(cancellationToken).ConfigureAwait(false);
        if (_settings.AdditionalCertificatePaths.Count > 0)
        {
            // Who lists the issuers has decided which ones go into the signature.
            return new Found(certificate, []);
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.RawData);
        return new Found(certificate, await new IssuerDownload(_handler, _limits).FetchAsync(leaf, cancellationToken).ConfigureAwait(false));
    }

    // Not inlined, so that compiling the caller does not load Azure's libraries.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private KeyVaultClient CreateClient()
    {
        var signIn = new AzureSignIn(_settings, () => AzureCredentials.Create(_settings, _handler), _limits);
        var transport = new KeyVaultTransport(_handler, _limits, _clock);
        var channel = new KeyVaultChannel(_address, transport, new KeyVaultTokens(signIn, _clock), _maxParallelism, _limits, _clock);
        return new KeyVaultClient(_address, channel, _clock);
    }

    private SigningIdentity CreateIdentity(KeyVaultClient client, Found found)
    {
        var certificate = X509CertificateLoader.LoadCertificate(found.Certificate.RawData);
        using var publicKey = certificate.GetRSAPublicKey()!;
        var subject = SafeText.DisplayName(certificate);

        // The identity outlives the task that asked for it, so its key does not end with that one: SigningIdentity.KeyFor.
        var key = new KeyVaultRsa(client, found.Certificate.KeyPath, publicKey.ExportParameters(includePrivateParameters: false), ForeignSignature, CancellationToken.None);
        return new SigningIdentity(certificate, key, [.. found.Issuers.Select(X509CertificateLoader.LoadCertificate)]);

        Diagnostic ForeignSignature() => Diagnostics.NoPrivateKey(_address.Description, subject,
            "Import or create the certificate in the vault again, together with its key: the vault signs with a key that does not belong to it.");
    }

    private sealed record Found(KeyVaultCertificate Certificate, IReadOnlyList<byte[]> Issuers);
}
