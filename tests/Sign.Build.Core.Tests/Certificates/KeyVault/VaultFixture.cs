using System.Security.Cryptography;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

/// <summary>A vault with one certificate, and the source that reads it over TLS.</summary>
internal sealed class VaultFixture : IAsyncDisposable
{
    public const string Name = "codesign";

    private readonly List<KeyVaultIdentitySource> _sources = [];

    private VaultFixture(TestKeyVault vault)
    {
        Vault = vault;
        Certificate = vault.Add(new TestVaultCertificate { Name = Name, Certificate = TestPki.Shared.CodeSigning });
        Settings = new CertificateSettings
        {
            KeyVaultUrl = vault.Url,
            KeyVaultCertificate = Name,
            AzureCredential = AzureCredentialKind.Environment,
            AzureAuthorityHost = vault.AuthorityHost,
        };
    }

    public TestKeyVault Vault { get; }

    public TestVaultCertificate Certificate { get; }

    public CertificateSettings Settings { get; set; }

    public ImpatientClock Clock { get; } = new();

    /// <summary>As in the product.</summary>
    public KeyVaultLimits Limits { get; set; } = KeyVaultLimits.Default;

    public static async Task<VaultFixture> StartAsync(string host = "localhost") => new(await TestKeyVault.StartAsync(host));

    public KeyVaultIdentitySource CreateSource(int maxParallelism = 8)
    {
        var source = new KeyVaultIdentitySource(Settings, Clock, maxParallelism, Vault.CreateHandler(), Limits);
        _sources.Add(source);
        return source;
    }

    /// <summary>The diagnostic with which a certificate cannot be had.</summary>
    public Task<Diagnostic> AcquireFailsAsync(CancellationToken cancellationToken) =>
        FailsAsync(() => CreateSource().AcquireAsync(cancellationToken));

    /// <summary>The diagnostic with which a digest cannot be signed.</summary>
    public async Task<Diagnostic> SignFailsAsync(CancellationToken cancellationToken)
    {
        using var identity = await CreateSource().AcquireAsync(cancellationToken);
        return await FailsAsync(() =>
        {
            Sign(identity, cancellationToken);
            return Task.CompletedTask;
        });
    }

    public static byte[] Sign(SigningIdentity identity, CancellationToken cancellationToken) =>
        identity.KeyFor(cancellationToken).SignHash(SHA256.HashData("package"u8), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>What it fails with, which never shows a secret and is one line.</summary>
    public static async Task<Diagnostic> FailsAsync(Func<Task> action)
    {
        var diagnostic = (await Assert.ThrowsExactlyAsync<SignBuildException>(action)).Diagnostic;
        Assert.DoesNotContain('\n', diagnostic.Message);
        Assert.DoesNotContain(TestKeyVault.ClientSecret, diagnostic.Message);
        Assert.DoesNotContain("eyJ", diagnostic.Message);
        Assert.DoesNotContain("request-id", diagnostic.Message, StringComparison.OrdinalIgnoreCase);
        return diagnostic;
    }

    public async ValueTask DisposeAsync()
    {
        _sources.ForEach(source => source.Dispose());
        await Vault.DisposeAsync();
    }
}
