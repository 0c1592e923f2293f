using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

// Platforms cache revocation lists by issuer and address, so each test has authorities of its own.
[TestClass]
public sealed class ChainBuilderRevocationTests
{
    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public async Task Build_WhenNothingIsRevoked_HasNoProblems(bool crl, bool ocsp)
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, crl, ocsp);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        Assert.AreEqual("", ChainFixture.Problems(pki.Build(chains)));
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public async Task Build_WhenLeafIsRevoked_ReportsIt(bool crl, bool ocsp)
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, crl, ocsp);
        server.Revoke(pki.Leaf.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        var chain = pki.Build(chains);

        Assert.AreEqual("Revoked 0", ChainFixture.Problems(chain));
        Assert.AreEqual(Address(server) + " says so", chain.Problems[0].Detail);
        Assert.IsTrue(chain.IsTrusted);
    }

    [TestMethod]
    public async Task Build_WhenIntermediateIsRevoked_ReportsIt()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server);
        server.Revoke(pki.Intermediate.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        Assert.AreEqual("Revoked 1", ChainFixture.Problems(pki.Build(chains)));
    }

    [TestMethod]
    public async Task Build_WhenRevokedLeafHasExpired_ReportsBoth()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, leaf: new() { NotBefore = DateTimeOffset.UtcNow.AddYears(-2), NotAfter = DateTimeOffset.UtcNow.AddYears(-1) });
        server.Revoke(pki.Leaf.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        Assert.AreEqual("NotTimeValid 0; Revoked 0", ChainFixture.Problems(pki.Build(chains)));
    }

    [TestMethod]
    [DataRow(TestRevocationBehavior.NotFound)]
    [DataRow(TestRevocationBehavior.Garbage)]
    [DataRow(TestRevocationBehavior.Stale)]
    public async Task Build_WhenServerIsOfNoUse_ReportsUnknown(TestRevocationBehavior behavior)
    {
        await using var server = await TestRevocationServer.StartAsync(behavior);
        using var pki = Pki.Create(server);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        var chain = pki.Build(chains);

        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(chain));
        StringAssert.StartsWith(chain.Problems[0].Detail, $"no usable answer from {Address(server)} (");
    }

    [TestMethod]
    public async Task Build_WhenServerIsGone_ReportsUnknown()
    {
        var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, crl: true, ocsp: true);
        await server.DisposeAsync();
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(pki.Build(chains)));
    }

    // Without the bound the platform waits for 15 seconds, for CRL and for OCSP, for each certificate: a minute.
    [TestMethod]
    [Timeout(30_000)]
    public async Task Build_WhenServerIsSilent_WaitsForAllCertificatesAtOnceAndOnlyOnce()
    {
        await using var server = await TestRevocationServer.StartAsync(TestRevocationBehavior.Silent);
        using var pki = Pki.Create(server, crl: true, ocsp: true);
        using var other = pki.Intermediate.Issue(server.Publish(pki.Intermediate, crl: true, ocsp: true));
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        var first = pki.Build(chains);
        var requests = server.RequestCount;
        var second = chains.Build(other.Certificate, other.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(first));
        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(second));
        Assert.IsTrue(requests <= 4, $"{requests} requests");
        Assert.AreEqual(requests, server.RequestCount);
    }

    [TestMethod]
    public async Task Build_WhenChainsShareAnIntermediate_AsksForEachCertificateOnce()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, crl: false, ocsp: true);
        using var other = pki.Intermediate.Issue(server.Publish(pki.Intermediate, crl: false, ocsp: true));
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        pki.Build(chains);
        chains.Build(other.Certificate, other.Intermediates, CertificatePurpose.CodeSigning);
        chains.Build(other.Certificate, other.Issuers, CertificatePurpose.CodeSigning);
        chains.Build(other.Certificate, other.Issuers, CertificatePurpose.Timestamping);

        Assert.AreEqual(3, server.OcspRequests);
    }

    [TestMethod]
    public async Task Build_WhenManyThreadsAsk_AsksForEachCertificateOnce()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server, crl: false, ocsp: true);
        server.Revoke(pki.Leaf.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        var built = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => OnOwnThread(() => pki.Build(chains))));

        Assert.AreEqual("Revoked 0", string.Join(" | ", built.Select(ChainFixture.Problems).Distinct()));
        Assert.AreEqual(2, server.OcspRequests);
    }

    [TestMethod]
    public async Task Build_WhenNoCheck_AsksNobody()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server);
        server.Revoke(pki.Leaf.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.NoCheck);

        Assert.AreEqual("", ChainFixture.Problems(pki.Build(chains)));
        Assert.AreEqual(0, server.RequestCount);
    }

    [TestMethod]
    public async Task Build_WhenOfflineAndNothingIsRemembered_ReportsUnknownAndAsksNobody()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server);
        server.Revoke(pki.Leaf.Certificate);
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Offline);

        var chain = pki.Build(chains);

        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(chain));
        StringAssert.StartsWith(chain.Problems[0].Detail, $"nothing remembered from {Address(server)} (");
        Assert.AreEqual(0, server.RequestCount);
    }

    [TestMethod]
    public async Task Build_WhenOfflineAfterOnline_UsesWhatThePlatformRemembers()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server);
        server.Revoke(pki.Leaf.Certificate);
        using var online = ChainFixture.Builder(pki.Root, RevocationMode.Online);
        using var offline = ChainFixture.Builder(pki.Root, RevocationMode.Offline);
        pki.Build(online);
        var requests = server.RequestCount;

        Assert.AreEqual("Revoked 0", ChainFixture.Problems(pki.Build(offline)));
        Assert.AreEqual(requests, server.RequestCount);
    }

    [TestMethod]
    public async Task Build_WhenChainIsNotTrusted_AsksNobody()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var pki = Pki.Create(server);
        using var chains = ChainFixture.Builder(TestPki.Shared.Root, RevocationMode.Online);

        Assert.AreEqual("UntrustedRoot 2", ChainFixture.Problems(chains.Build(pki.Leaf.Certificate, pki.Leaf.Issuers, CertificatePurpose.CodeSigning)));
        Assert.AreEqual(0, server.RequestCount);
    }

    [TestMethod]
    public void Build_WhenCertificatesNameNoServer_SaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows may know a revocation list that no certificate names.");
        }

        var pki = TestPki.Shared;
        using var chains = ChainFixture.Builder(pki.Root, RevocationMode.Online);

        var chain = chains.Build(pki.CodeSigning.Certificate, pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("RevocationUnknown 0; RevocationUnknown 1", ChainFixture.Problems(chain));
        Assert.AreEqual("it names no server to ask (neither a CRL nor OCSP)", chain.Problems[0].Detail);
    }

    // The server answers on the pool's threads; the callers block, so they must not take them.
    private static Task<CertificateChain> OnOwnThread(Func<CertificateChain> build) =>
        Task.Factory.StartNew(build, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string Address(TestRevocationServer server) => server.Publish(TestPki.Shared.Root).CrlUrl!.Authority;

    private sealed record Pki(TestCertificateAuthority Root, TestCertificateAuthority Intermediate, TestCertificate Leaf) : IDisposable
    {
        public static Pki Create(TestRevocationServer server, bool crl = true, bool ocsp = false, TestCertificateOptions? leaf = null)
        {
            var root = TestCertificateAuthority.CreateRoot();
            var intermediate = root.CreateIntermediate(options: server.Publish(root, crl: crl, ocsp: ocsp));
            return new Pki(root, intermediate, intermediate.Issue(server.Publish(intermediate, leaf, crl, ocsp)));
        }

        public CertificateChain Build(ChainBuilder chains) =>
            chains.Build(Leaf.Certificate, Leaf.Intermediates, CertificatePurpose.CodeSigning);

        public void Dispose()
        {
            Leaf.Dispose();
            Intermediate.Dispose();
            Root.Dispose();
        }
    }
}
