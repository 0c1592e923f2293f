using Sign.Build.Core.Certificates.KeyVault;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultLastingFaultTests(TestContext context)
{
    // The product's proportions, a fiftieth of its times.
    private static readonly KeyVaultLimits Short = new() { Attempt = TimeSpan.FromSeconds(0.2), Silence = TimeSpan.FromSeconds(0.5), Delay = TimeSpan.FromSeconds(0.01) };

    public static IEnumerable<(TestVaultFault Fault, string Sentence, int Requests)> Faults =>
    [
        (TestVaultFault.Error(500), "HTTP 500 InternalError: It did not work. (", 5),
        (TestVaultFault.Error(503, "ServiceUnavailable", "Busy."), "HTTP 503 ServiceUnavailable: Busy. (", 5),
        (TestVaultFault.Html, "'text/html' that is not the JSON of a vault", 1),
        (TestVaultFault.Redirect, "HTTP 307, a redirect", 1),
        (TestVaultFault.Drop, "the connection was closed before the answer was complete", 5),
        (TestVaultFault.Json("[]"), "not the JSON of a vault", 1),
    ];

    public static IEnumerable<TestVaultFault> SilentFaults => [TestVaultFault.Hang, TestVaultFault.SlowBytes];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task AcquireAsync_WhenVaultKeepsFailing_GivesUpAndSaysWhy(TestVaultFault fault, string sentence, int requests)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Certificate, fault);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains(sentence, diagnostic.Message);
        Assert.AreEqual(requests, fixture.Vault.Count(TestVaultRequest.Certificate));
        Assert.IsLessThan(TimeSpan.FromSeconds(30), fixture.Clock.Waited);
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task SignHash_WhenVaultKeepsFailing_GivesUpAndSaysWhy(TestVaultFault fault, string sentence, int requests)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Sign, fault);

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains(sentence, diagnostic.Message);
        Assert.AreEqual(requests, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    [DynamicData(nameof(SilentFaults))]
    public async Task AcquireAsync_WhenVaultDoesNotFinish_GivesUp(TestVaultFault fault)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Limits = Short;
        fixture.Vault.FailAlways(TestVaultRequest.Certificate, fault);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("no complete answer within 0.2 s", diagnostic.Message);
        Assert.IsInRange(2, 3, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    [DynamicData(nameof(SilentFaults))]
    public async Task SignHash_WhenVaultDoesNotFinish_GivesUp(TestVaultFault fault)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Limits = Short;
        fixture.Vault.FailAlways(TestVaultRequest.Sign, fault);

        var diagnostic = await fixture.SignFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("no complete answer within 0.2 s", diagnostic.Message);
        Assert.IsInRange(2, 3, fixture.Vault.Count(TestVaultRequest.Sign));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenAnswerIsEndless_StopsReading()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Vault.FailAlways(TestVaultRequest.Certificate, TestVaultFault.Endless);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("not the JSON of a vault", diagnostic.Message);
        Assert.AreEqual(1, fixture.Vault.Count(TestVaultRequest.Certificate));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenNobodyListens_SaysSo()
    {
        await using var fixture = await VaultFixture.StartAsync();
        await fixture.Vault.DisposeAsync();

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("the connection was refused. (5 requests", diagnostic.Message);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenNameIsUnknown_SaysThatDnsDoesNotKnowIt()
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Settings = fixture.Settings with { KeyVaultUrl = new Uri("https://no-such-vault.invalid") };
        using var source = new KeyVaultIdentitySourceWithSystemDns(fixture);

        var diagnostic = await VaultFixture.FailsAsync(() => source.Source.AcquireAsync(context.CancellationToken));

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("the name 'no-such-vault.invalid' is not known (DNS)", diagnostic.Message);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateOfServerIsNotTrusted_SaysThatTlsFailed()
    {
        await using var fixture = await VaultFixture.StartAsync();
        using var source = new KeyVaultIdentitySourceWithSystemDns(fixture);

        var diagnostic = await VaultFixture.FailsAsync(() => source.Source.AcquireAsync(context.CancellationToken));

        Assert.AreEqual("SGN2007", diagnostic.Code);
        Assert.Contains("TLS failed", diagnostic.Message);
        Assert.AreEqual(0, fixture.Vault.Count(TestVaultRequest.Challenge));
    }

    /// <summary>The handler of the product: the system's DNS, the system's roots.</summary>
    private sealed class KeyVaultIdentitySourceWithSystemDns(VaultFixture fixture) : IDisposable
    {
        public Core.Certificates.KeyVaultIdentitySource Source { get; } = new(fixture.Settings, fixture.Clock, 8, handler: null, KeyVaultLimits.Default);

        public void Dispose() => Source.Dispose();
    }
}
