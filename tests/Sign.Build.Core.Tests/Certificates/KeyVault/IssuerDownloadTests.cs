using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class IssuerDownloadTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenCertificateNamesItsIssuer_DownloadsTheIntermediateOnce()
    {
        await using var fixture = await VaultFixture.StartAsync();
        var requests = 0;
        await using var server = await ServeAsync(() =>
        {
            Interlocked.Increment(ref requests);
            return TestPki.Shared.Intermediate.Certificate.RawData;
        });
        using var certificate = Issue(server);
        fixture.Vault.Add(new TestVaultCertificate { Name = VaultFixture.Name, Certificate = certificate });
        var source = fixture.CreateSource();

        using var identity = await source.AcquireAsync(context.CancellationToken);
        using var again = await source.AcquireAsync(context.CancellationToken);

        Assert.AreSequenceEqual(new[] { TestPki.Shared.Intermediate.Certificate.Thumbprint }, identity.AdditionalCertificates.Select(issuer => issuer.Thumbprint));
        Assert.AreEqual(1, requests);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenAddressServesACertsOnlyMessage_TakesTheIntermediate()
    {
        await using var fixture = await VaultFixture.StartAsync();
        var bundle = new X509Certificate2Collection(TestPki.Shared.CodeSigning.Issuers.ToArray()).Export(X509ContentType.Pkcs7)!;
        await using var server = await ServeAsync(() => bundle);
        using var certificate = Issue(server);
        fixture.Vault.Add(new TestVaultCertificate { Name = VaultFixture.Name, Certificate = certificate });

        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.AreSequenceEqual(new[] { TestPki.Shared.Intermediate.Certificate.Thumbprint }, identity.AdditionalCertificates.Select(issuer => issuer.Thumbprint));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenAdditionalCertificatesAreListed_DownloadsNothing()
    {
        await using var fixture = await VaultFixture.StartAsync();
        var requests = 0;
        await using var server = await ServeAsync(() =>
        {
            Interlocked.Increment(ref requests);
            return TestPki.Shared.Intermediate.Certificate.RawData;
        });
        using var certificate = Issue(server);
        fixture.Vault.Add(new TestVaultCertificate { Name = VaultFixture.Name, Certificate = certificate });
        fixture.Settings = fixture.Settings with { AdditionalCertificatePaths = ["intermediate.pem"] };

        using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

        Assert.IsEmpty(identity.AdditionalCertificates);
        Assert.AreEqual(0, requests);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("<html></html>")]
    public async Task FetchAsync_WhenAddressServesNoCertificate_GivesNone(string content)
    {
        await using var server = await ServeAsync(() => System.Text.Encoding.ASCII.GetBytes(content));
        using var certificate = Issue(server);

        Assert.IsEmpty(await new IssuerDownload(null, KeyVaultLimits.Default).FetchAsync(certificate.Certificate, context.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_WhenAddressServesAnotherCertificate_GivesNone()
    {
        await using var server = await ServeAsync(() => TestPki.Shared.Timestamping.Certificate.RawData);
        using var certificate = Issue(server);

        Assert.IsEmpty(await new IssuerDownload(null, KeyVaultLimits.Default).FetchAsync(certificate.Certificate, context.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_WhenServerHangs_GivesNone()
    {
        await using var server = await LoopbackServer.StartAsync((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        using var certificate = Issue(server);

        Assert.IsEmpty(await new IssuerDownload(null, new KeyVaultLimits { Issuers = TimeSpan.FromSeconds(0.2) }).FetchAsync(certificate.Certificate, context.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_WhenAnswerIsTooLong_GivesNone()
    {
        await using var server = await ServeAsync(() => new byte[300 * 1024]);
        using var certificate = Issue(server);

        Assert.IsEmpty(await new IssuerDownload(null, KeyVaultLimits.Default).FetchAsync(certificate.Certificate, context.CancellationToken));
    }

    [TestMethod]
    [DataRow("file:///etc/hostname")]
    [DataRow("ldap://127.0.0.1/cn=x")]
    public async Task FetchAsync_WhenSchemeIsNotHttp_GivesNone(string address)
    {
        using var certificate = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { IssuerUrl = new Uri(address) });

        Assert.IsEmpty(await new IssuerDownload(null, KeyVaultLimits.Default).FetchAsync(certificate.Certificate, context.CancellationToken));
    }

    private static Task<LoopbackServer> ServeAsync(Func<byte[]> content) => LoopbackServer.StartAsync(async (http, cancellationToken) =>
    {
        http.Response.ContentType = "application/pkix-cert";
        await http.Response.Body.WriteAsync(content(), cancellationToken);
    });

    private static TestCertificate Issue(LoopbackServer server) =>
        TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { IssuerUrl = new Uri(server.Url, "issuer.cer") });
}
