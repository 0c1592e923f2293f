using Sign.Build.Core.Certificates.KeyVault;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultChallengeTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    [TestMethod]
    [DataRow("contoso.vault.azure.net", "https://vault.azure.net")]
    [DataRow("contoso.managedhsm.azure.net", "https://managedhsm.azure.net")]
    [DataRow("contoso.vault.azure.cn", "https://vault.azure.cn/")]
    [DataRow("CONTOSO.vault.azure.net", "https://VAULT.azure.net")]
    public void Read_WhenResourceIsAParentOfTheVault_GivesScopeAndTenant(string host, string resource)
    {
        var challenge = KeyVaultChallenge.Read([$"Bearer authorization=\"https://login.windows.net/{Tenant}\", resource=\"{resource}\""], host, null, out _);

        Assert.AreEqual(new KeyVaultChallenge(resource.TrimEnd('/') + "/.default", Tenant, null), challenge);
    }

    [TestMethod]
    [DataRow("https://management.azure.com", "it wants a token for 'management.azure.com', which is not its own domain.")]
    [DataRow("https://t.azure.net", "it wants a token for 't.azure.net', which is not its own domain.")]
    [DataRow("https://net", "it wants a token for 'net', which is not its own domain.")]
    [DataRow("http://vault.azure.net", "it wants a token for 'vault.azure.net', which is not its own domain.")]
    [DataRow("nothing", "it does not say for which resource it wants a token.")]
    public void Read_WhenResourceIsAnother_GivesNone(string resource, string expected)
    {
        var challenge = KeyVaultChallenge.Read([$"Bearer authorization=\"https://login.windows.net/{Tenant}\", resource=\"{resource}\""], "contoso.vault.azure.net", null, out var problem);

        Assert.IsNull(challenge);
        Assert.AreEqual(expected, problem);
    }

    [TestMethod]
    [DataRow("Basic realm=\"x\"")]
    [DataRow("")]
    public void Read_WhenSchemeIsAnother_GivesNone(string header)
    {
        Assert.IsNull(KeyVaultChallenge.Read([header], "contoso.vault.azure.net", null, out var problem));
        Assert.AreEqual("it asks for no bearer token.", problem);
    }

    [TestMethod]
    public void Read_WhenScopeIsUnquoted_GivesIt()
    {
        var challenge = KeyVaultChallenge.Read(["Basic x", $"bearer authorization_uri=https://login.windows.net/{Tenant}/oauth2,scope=https://vault.azure.net/.default"], "contoso.vault.azure.net", null, out _);

        Assert.AreEqual(new KeyVaultChallenge("https://vault.azure.net/.default", Tenant, null), challenge);
    }

    [TestMethod]
    public void Read_WhenTenantIsNoName_LeavesItOut()
    {
        var challenge = KeyVaultChallenge.Read(["Bearer authorization=\"https://login.windows.net/a%20b;c\", resource=\"https://vault.azure.net\""], "contoso.vault.azure.net", null, out _);

        Assert.IsNull(challenge!.TenantId);
    }

    [TestMethod]
    public void Read_WhenClaimsAreWantedForAKnownResource_AddsThem()
    {
        var previous = new KeyVaultChallenge("https://vault.azure.net/.default", Tenant, null);

        var challenge = KeyVaultChallenge.Read(["Bearer error=\"insufficient_claims\", claims=\"e30=\""], "contoso.vault.azure.net", previous, out _);

        Assert.AreEqual(previous with { Claims = "{}" }, challenge);
    }

    [TestMethod]
    [DataRow("Bearer =")]
    [DataRow("Bearer a")]
    [DataRow("Bearer a=\"")]
    [DataRow("Bearer a=\"b")]
    [DataRow("Bearer resource=")]
    [DataRow("Bearer resource=\"https://\"")]
    [DataRow("Bearer ,,,===\"\"\"=,=")]
    public void Read_WhenHeaderIsMalformed_GivesNone(string header) =>
        Assert.IsNull(KeyVaultChallenge.Read([header], "contoso.vault.azure.net", null, out _));
}
