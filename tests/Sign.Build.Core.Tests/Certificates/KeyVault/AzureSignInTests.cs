using Azure.Core;
using Azure.Identity;
using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class AzureSignInTests(TestContext context)
{
    private static readonly KeyVaultChallenge Challenge = new("https://vault.azure.net/.default", null, null);

    [TestMethod]
    public async Task GetTokenAsync_WhenNoneIsSetUp_SaysWhatWasTriedAndWhyEachFailed()
    {
        var signIn = Create(
            new("Environment", new Credential(_ => throw new CredentialUnavailableException("no variables.\nmore")), false),
            new("AzureCli", new Credential(_ => throw new CredentialUnavailableException("'az' is not installed")), true));

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(() => signIn.GetTokenAsync(Challenge, context.CancellationToken));

        Assert.AreEqual("SGN2006", exception.Diagnostic.Code);
        Assert.Contains("refused: Environment: no variables.; AzureCli: 'az' is not installed", exception.Diagnostic.Message);
    }

    [TestMethod]
    public async Task GetTokenAsync_WhenAnEarlierOneIsNotSetUp_TakesTheNextAndStaysWithIt()
    {
        var asked = 0;
        var signIn = Create(
            new("Environment", new Credential(_ =>
            {
                asked++;
                throw new CredentialUnavailableException("no variables");
            }), false),
            new("AzureCli", new Credential(_ => ValueTask.FromResult(new AccessToken("token", DateTimeOffset.MaxValue))), true));

        await signIn.GetTokenAsync(Challenge, context.CancellationToken);
        var token = await signIn.GetTokenAsync(Challenge, context.CancellationToken);

        Assert.AreEqual("token", token.Token);
        Assert.AreEqual(1, asked);
    }

    [TestMethod]
    public async Task GetTokenAsync_WhenOneThatIsSetUpFails_DoesNotHideIt()
    {
        var signIn = Create(
            new("WorkloadIdentity", new Credential(_ => throw new AuthenticationFailedException("AADSTS700024: expired")), false),
            new("AzureCli", new Credential(_ => ValueTask.FromResult(new AccessToken("token", DateTimeOffset.MaxValue))), true));

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(() => signIn.GetTokenAsync(Challenge, context.CancellationToken));

        Assert.AreEqual("SGN2006", exception.Diagnostic.Code);
        Assert.Contains("WorkloadIdentity: AADSTS700024: expired", exception.Diagnostic.Message);
    }

    [TestMethod]
    public async Task GetTokenAsync_WhenADeveloperToolFails_GoesOn()
    {
        var signIn = Create(
            new("AzureCli", new Credential(_ => throw new AuthenticationFailedException("az failed")), true),
            new("AzurePowerShell", new Credential(_ => ValueTask.FromResult(new AccessToken("token", DateTimeOffset.MaxValue))), true));

        Assert.AreEqual("token", (await signIn.GetTokenAsync(Challenge, context.CancellationToken)).Token);
    }

    [TestMethod]
    public async Task GetTokenAsync_WhenOneHangs_EndsAndSaysWhatWasTried()
    {
        var signIn = Create(
            new("Environment", new Credential(_ => throw new CredentialUnavailableException("no variables")), false),
            new("ManagedIdentity", new Credential(async cancellationToken =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return default;
            }), false));

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(() => signIn.GetTokenAsync(Challenge, context.CancellationToken));

        Assert.AreEqual("SGN2007", exception.Diagnostic.Code);
        Assert.Contains("Environment: no variables; ManagedIdentity: no answer within 0.1 s", exception.Diagnostic.Message);
        Assert.Contains("Set SignBuildAzureCredential", exception.Diagnostic.Message);
    }

    [TestMethod]
    public void Create_WhenTenantIsNoName_Refuses()
    {
        var exception = Assert.ThrowsExactly<SignBuildException>(() => AzureCredentials.Create(new CertificateSettings { AzureTenantId = "a b" }, null));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
        Assert.AreEqual("SignBuildAzureTenantId", exception.Diagnostic.File);
    }

    [TestMethod]
    public void Create_WhenKindIsDefault_TriesAllInOrder() =>
        Assert.AreEqual(
            "Environment, WorkloadIdentity, ManagedIdentity, AzureCli, AzurePowerShell, AzureDeveloperCli",
            string.Join(", ", AzureCredentials.Create(new CertificateSettings(), null).Select(credential => credential.Name)));

    [TestMethod]
    [DataRow(AzureCredentialKind.Environment)]
    [DataRow(AzureCredentialKind.WorkloadIdentity)]
    [DataRow(AzureCredentialKind.ManagedIdentity)]
    [DataRow(AzureCredentialKind.AzureCli)]
    [DataRow(AzureCredentialKind.AzurePowerShell)]
    [DataRow(AzureCredentialKind.AzureDeveloperCli)]
    public void Create_WhenKindIsNamed_TriesItAlone(AzureCredentialKind kind)
    {
        var settings = new CertificateSettings { AzureCredential = kind, AzureTenantId = "contoso.example", AzureClientId = "id", AzureAuthorityHost = new Uri("https://login.example") };

        Assert.AreSequenceEqual(new[] { kind + "Credential" }, AzureCredentials.Create(settings, null).Select(credential => credential.Credential.GetType().Name));
    }

    private static AzureSignIn Create(params AzureCredential[] credentials) =>
        new(new CertificateSettings(), () => credentials, new KeyVaultLimits { Token = TimeSpan.FromSeconds(0.1) });

    private sealed class Credential(Func<CancellationToken, ValueTask<AccessToken>> getToken) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => getToken(cancellationToken);
    }
}
