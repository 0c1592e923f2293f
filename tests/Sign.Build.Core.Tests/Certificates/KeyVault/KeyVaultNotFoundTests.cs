using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultNotFoundTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenNameIsUnknown_SaysWhatToCheck()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Settings = fixture.Settings with { KeyVaultCertificate = "other" };

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        Assert.Contains("Check SignBuildKeyVaultCertificate (a certificate, not a key or a secret)", diagnostic.Message);
        Assert.Contains("certificate 'other'", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVersionIsUnknown_SaysWhatToCheck()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Settings = fixture.Settings with { KeyVaultCertificateVersion = new string('0', 32) };

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        Assert.Contains("Check SignBuildKeyVaultCertificateVersion", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsSoftDeleted_SaysThatItCanBeRecovered()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.IsDeleted = true;

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        Assert.Contains("can be recovered", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsPending_SaysThatItMustBeMerged()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.IsPending = true;

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        Assert.Contains("merge the certificate", diagnostic.Message);
    }

    [TestMethod]
    public async Task SignHash_WhenKeyIsDeleted_SaysThatTheKeyIsMissing()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.IsKeyDeleted = true;

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        Assert.Contains("Restore the key of certificate 'codesign'", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }
}
