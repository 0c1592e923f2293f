using System.Security.Cryptography;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultAcquireTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenCertificateExists_GivesIt()
    {
        await using var fixture = await VaultFixture.StartAsync();

        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.AreEqual(TestPki.Shared.CodeSigning.Fingerprint, identity.Fingerprint);
        Assert.IsFalse(identity.Certificate.HasPrivateKey);
        Assert.AreEqual(2048, identity.PrivateKey.KeySize);
    }

    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task SignHash_WhenVaultSigns_GivesSignatureOfCertificate(string algorithm)
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        var digest = CryptographicOperations.HashData(new HashAlgorithmName(algorithm), "package"u8);

        var signature = identity.PrivateKey.SignHash(digest, new HashAlgorithmName(algorithm), RSASignaturePadding.Pkcs1);

        using var key = TestPki.Shared.CodeSigning.Certificate.PublicKey.GetRSAPublicKey()!;
        Assert.IsTrue(key.VerifyHash(digest, signature, new HashAlgorithmName(algorithm), RSASignaturePadding.Pkcs1));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCalledAgain_AsksNobody()
    {
        await using var fixture = await VaultFixture.StartAsync();
        var source = fixture.CreateSource();

        var identities = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => source.AcquireAsync(context.CancellationToken)));

        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Challenge));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
        Array.ForEach(identities, identity => identity.Dispose());
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVersionIsPinned_GivesThatVersion()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var renewed = TestPki.Shared.Intermediate.Issue();
        fixture.Vault.Add(new TestVaultCertificate { Name = VaultFixture.Name, Certificate = renewed });
        using var current = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        fixture.Settings = fixture.Settings with { KeyVaultCertificateVersion = fixture.Certificate.Version };

        using var pinned = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.AreEqual(renewed.Fingerprint, current.Fingerprint);
        Assert.AreEqual(TestPki.Shared.CodeSigning.Fingerprint, pinned.Fingerprint);
        Assert.HasCount(256, VaultFixture.Sign(pinned, context.CancellationToken));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenNameIsBelowTheResourcesDomain_SignsIn()
    {
        await using var fixture = await VaultFixture.StartAsync("contoso.vault.test");
        fixture.Vault.Resource = "https://vault.test";

        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Token));
    }
}
