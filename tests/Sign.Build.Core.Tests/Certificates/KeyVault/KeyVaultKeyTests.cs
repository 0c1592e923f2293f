using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultKeyTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenKeyIsNotRsa_SaysWhichTypeIsNeeded()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var certificate = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { KeyKind = TestKeyKind.Ecdsa });
        fixture.Vault.Add(new TestVaultCertificate { Name = VaultFixture.Name, Certificate = certificate, KeyType = "EC-HSM" });

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2003", diagnostic.Code);
        Assert.Contains("RSA or RSA-HSM", diagnostic.Message);
        Assert.Contains("EC-HSM", diagnostic.Message);
    }

    [TestMethod]
    public async Task SignHash_WhenAnotherKeySigned_RefusesTheSignature()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var other = RSA.Create(2048);
        fixture.Certificate.SigningKey = other;

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2003", diagnostic.Code);
        Assert.Contains("a key that does not belong to it", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task SignHash_WhenAnswerHoldsNoSignature_SaysSo()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Sign, TestVaultFault.Json("""{"kid":"k","value":"@@@"}"""));

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("no signature", diagnostic.Message);
    }

    [TestMethod]
    public async Task ComputeSignature_WhenKeyIsInVault_AsksOnce()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        var cms = new SignedCms(new ContentInfo("content"u8.ToArray()));

        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, identity.Certificate) { PrivateKey = identity.KeyFor(context.CancellationToken) });

        cms.CheckSignature(verifySignatureOnly: true);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task ComputeSignature_WhenVaultRefuses_KeepsTheDiagnosticAndAsksOnce()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.MaySign = false;
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);
        var cms = new SignedCms(new ContentInfo("content"u8.ToArray()));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, identity.Certificate) { PrivateKey = identity.PrivateKey };

        var exception = Assert.ThrowsExactly<SignBuildException>(() => cms.ComputeSignature(signer));

        Assert.AreEqual("SGN2006", exception.Diagnostic.Code);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task TrySignHash_WhenDestinationIsTooSmall_AsksNobody()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        var signed = identity.PrivateKey.TrySignHash(new byte[32], new byte[255], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, out var written);

        Assert.IsFalse(signed);
        Assert.AreEqual(0, written);
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task ExportParameters_WhenPrivateKeyIsWanted_Refuses()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.ThrowsExactly<CryptographicException>(() => identity.PrivateKey.ExportParameters(includePrivateParameters: true));
        Assert.IsNull(identity.PrivateKey.ExportParameters(includePrivateParameters: false).D);
    }

    [TestMethod]
    public async Task SignHash_WhenPaddingIsPss_Refuses()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.ThrowsExactly<NotSupportedException>(() => identity.PrivateKey.SignHash(new byte[32], HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Sign));
    }
}
