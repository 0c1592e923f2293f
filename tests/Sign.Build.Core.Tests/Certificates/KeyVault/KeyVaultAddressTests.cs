using Sign.Build.Core.Certificates;
using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultAddressTests
{
    private static readonly CertificateSettings Valid = new() { KeyVaultUrl = new Uri("https://contoso.vault.azure.net"), KeyVaultCertificate = "code-sign" };

    [TestMethod]
    [DataRow("https://contoso.vault.azure.net/certificates/code-sign", "code-sign", null, "SignBuildKeyVaultUrl")]
    [DataRow("https://contoso.vault.azure.net/?x=1", "code-sign", null, "SignBuildKeyVaultUrl")]
    [DataRow("https://contoso.vault.azure.net", "", null, "SignBuildKeyVaultCertificate")]
    [DataRow("https://contoso.vault.azure.net", "../keys/x", null, "SignBuildKeyVaultCertificate")]
    [DataRow("https://contoso.vault.azure.net", "code-sign", "../..", "SignBuildKeyVaultCertificateVersion")]
    public void From_WhenSettingIsWrong_NamesIt(string url, string certificate, string? version, string property)
    {
        var settings = new CertificateSettings { KeyVaultUrl = new Uri(url), KeyVaultCertificate = certificate, KeyVaultCertificateVersion = version };

        var exception = Assert.ThrowsExactly<SignBuildException>(() => new KeyVaultIdentitySource(settings, TimeProvider.System));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
        Assert.AreEqual(property, exception.Diagnostic.File);
    }

    [TestMethod]
    public void Description_WhenVersionIsPinned_NamesIt()
    {
        using var source = new KeyVaultIdentitySource(Valid with { KeyVaultCertificateVersion = "0123" }, TimeProvider.System);

        Assert.AreEqual("Key Vault https://contoso.vault.azure.net, certificate 'code-sign' version 0123", source.Description);
    }

    [TestMethod]
    [DataRow("https://elsewhere.example/keys/code-sign/0123", "/keys/code-sign/0123")]
    [DataRow("https://contoso.vault.azure.net/keys/code-sign", null)]
    [DataRow("https://contoso.vault.azure.net/secrets/code-sign/0123", null)]
    [DataRow("https://contoso.vault.azure.net/keys/code-sign/0123/../../..", null)]
    [DataRow("https://contoso.vault.azure.net/keys/a%2fb/0123", null)]
    [DataRow("keys/code-sign/0123", null)]
    [DataRow("", null)]
    public void KeyPath_WhenIdentifierIsGiven_TakesThePathAlone(string identifier, string? expected) =>
        Assert.AreEqual(expected, KeyVaultAddress.KeyPath(identifier));
}
