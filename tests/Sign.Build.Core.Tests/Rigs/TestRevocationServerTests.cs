using System.Security.Cryptography.X509Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Rigs;

[TestClass]
public sealed class TestRevocationServerTests
{
    public enum Means
    {
        Crl,
        Ocsp,
    }

    [TestMethod]
    [DataRow(Means.Crl, false, X509ChainStatusFlags.NoError)]
    [DataRow(Means.Crl, true, X509ChainStatusFlags.Revoked)]
    [DataRow(Means.Ocsp, false, X509ChainStatusFlags.NoError)]
    [DataRow(Means.Ocsp, true, X509ChainStatusFlags.Revoked)]
    public async Task Publish_WhenCertificateIsRevokedOrNot_ChainKnowsIt(Means means, bool revoked, X509ChainStatusFlags expected)
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var certificate = TestPki.Shared.Root.Issue(server.Publish(TestPki.Shared.Root, crl: means == Means.Crl, ocsp: means == Means.Ocsp));
        if (revoked)
        {
            server.Revoke(certificate.Certificate);
        }

        var actual = StatusOnline(certificate);

        Assert.AreEqual(expected, actual);
        Assert.AreEqual(means == Means.Crl, server.CrlRequests > 0);
        Assert.AreEqual(means == Means.Ocsp, server.OcspRequests > 0);
    }

    [TestMethod]
    [DataRow(TestRevocationBehavior.NotFound)]
    [DataRow(TestRevocationBehavior.Garbage)]
    [DataRow(TestRevocationBehavior.Stale)]
    public async Task Behavior_WhenServerIsOfNoUse_StatusIsUnknown(TestRevocationBehavior behavior)
    {
        await using var server = await TestRevocationServer.StartAsync(behavior);
        using var certificate = TestPki.Shared.Root.Issue(server.Publish(TestPki.Shared.Root));

        var actual = StatusOnline(certificate);

        Assert.IsTrue(actual.HasFlag(X509ChainStatusFlags.RevocationStatusUnknown), actual.ToString());
        Assert.IsTrue(server.CrlRequests > 0);
    }

    [TestMethod]
    public async Task MakeUnknown_WhenAskedByOcsp_StatusIsUnknown()
    {
        await using var server = await TestRevocationServer.StartAsync();
        using var certificate = TestPki.Shared.Root.Issue(server.Publish(TestPki.Shared.Root, crl: false, ocsp: true));
        server.MakeUnknown(certificate.Certificate);

        var actual = StatusOnline(certificate);

        Assert.IsTrue(actual.HasFlag(X509ChainStatusFlags.RevocationStatusUnknown), actual.ToString());
    }

    [TestMethod]
    public async Task Publish_WhenIntermediateIsMissing_ChainFetchesIt()
    {
        // Issuers of its own: on Linux .NET puts what it fetched into the user's store, where every other chain would find it.
        await using var server = await TestRevocationServer.StartAsync();
        using var root = TestCertificateAuthority.CreateRoot("Fetched issuer root");
        using var intermediate = root.CreateIntermediate("Fetched issuer");
        using var certificate = intermediate.Issue(server.Publish(intermediate, crl: false, issuerAddress: true));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate.Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        Assert.IsTrue(chain.Build(certificate.Certificate));

        Assert.AreEqual(1, server.IssuerRequests);
        using var store = new X509Store(StoreName.CertificateAuthority, StoreLocation.CurrentUser, OpenFlags.ReadWrite);
        store.Remove(intermediate.Certificate);
    }

    private static X509ChainStatusFlags StatusOnline(TestCertificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate.Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        chain.Build(certificate.Certificate);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
    }
}
