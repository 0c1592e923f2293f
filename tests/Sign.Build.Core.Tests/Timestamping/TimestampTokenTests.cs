using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampTokenTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TimestampAsync_WhenTokenLacksItsIssuers_AddsThemAndKeepsWhatIsSigned()
    {
        await using var server = FaultServer.Start(Fault.Token("alone", new() { OmitIssuers = true }));
        using var test = new ListUnderTest(server.Url);
        var value = ListUnderTest.CreateSignatureValue();

        var timestamp = await test.List.TimestampAsync(value, TestContext.CancellationToken);

        var embedded = new SignedCms();
        embedded.Decode(timestamp.Token.Encode());
        CollectionAssert.AreEquivalent(
            Fingerprints([TestPki.Shared.Timestamping.Certificate, .. TestPki.Shared.Timestamping.Issuers]),
            Fingerprints(embedded.Certificates));
        Assert.IsTrue(Rfc3161TimestampToken.TryDecode(embedded.Encode(), out var token, out _));
        Assert.IsTrue(token.VerifySignatureForData(value, out _));
        Assert.AreEqual(token.TokenInfo.Timestamp, timestamp.Time);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenTokenHasItsIssuers_LeavesItAlone()
    {
        await using var server = FaultServer.Start(Fault.None);
        using var test = new ListUnderTest(server.Url);

        var timestamp = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        CollectionAssert.AreEquivalent(
            Fingerprints([TestPki.Shared.Timestamping.Certificate, .. TestPki.Shared.Timestamping.Issuers]),
            Fingerprints(timestamp.Token.Certificates));
    }

    [TestMethod]
    public async Task TimestampAsync_WhenAuthorityIsGood_OpenSslAcceptsTheToken()
    {
        if (!OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("OpenSSL 3 is not installed.");
        }

        await using var server = FaultServer.Start(Fault.Token("alone", new() { OmitIssuers = true }));
        using var test = new ListUnderTest(server.Url);
        var value = ListUnderTest.CreateSignatureValue();

        var timestamp = await test.List.TimestampAsync(value, TestContext.CancellationToken);
        var verdict = await OpenSsl.VerifyTimestampAsync(timestamp.Token.Encode(), value, [TestPki.Shared.Timestamping.Root]);

        Assert.IsTrue(verdict.Succeeded, verdict.Output);
    }

    [TestMethod]
    [DataRow("SHA256", "2.16.840.1.101.3.4.2.1")]
    [DataRow("SHA384", "2.16.840.1.101.3.4.2.2")]
    [DataRow("SHA512", "2.16.840.1.101.3.4.2.3")]
    public async Task RequestAsync_Always_AsksAsNuGetDoes(string hash, string oid)
    {
        byte[]? body = null;
        await using var server = FaultServer.Start(new Fault("spy", exchange =>
        {
            body = exchange.Request;
            return Fault.None.Play(exchange);
        }));
        using var transport = new TimestampTransport(ListUnderTest.Timeout, TimeProvider.System, handler: null);
        var value = ListUnderTest.CreateSignatureValue();

        await new Rfc3161TimestampAuthority(server.Url, new HashAlgorithmName(hash), transport).RequestAsync(value, TestContext.CancellationToken);

        Assert.IsTrue(Rfc3161TimestampRequest.TryDecode(body, out var request, out _));
        Assert.AreEqual(oid, request.HashAlgorithmId.Value);
        CollectionAssert.AreEqual(CryptographicOperations.HashData(new HashAlgorithmName(hash), value), request.GetMessageHash().ToArray());
        Assert.IsTrue(request.RequestSignerCertificate);
        Assert.AreEqual(32, request.GetNonce()!.Value.Length);
        Assert.IsInRange((byte)0x40, (byte)0x7f, request.GetNonce()!.Value.Span[0]);
        Assert.IsNull(request.RequestedPolicyId);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenRevocationIsUnknown_AcceptsTheToken()
    {
        using var dead = DeadEndpoint.Refusing();
        using var certificate = TestPki.Shared.TimestampRoot.Issue(TestCertificateOptions.Timestamping with { CrlUrl = new Uri(dead.Url, "list.crl") });
        await using var server = FaultServer.Start(Fault.Token("unknown", new() { Signer = certificate }));
        using var test = new ListUnderTest(server.Url);

        var timestamp = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(server.Url.AbsoluteUri, timestamp.Authority);
        Assert.IsEmpty(test.Log.Diagnostics);
    }

    [TestMethod]
    [DataRow(307)]
    [DataRow(308)]
    public async Task TimestampAsync_WhenRedirected_Follows(int status)
    {
        await using var target = FaultServer.Start(Fault.None);
        await using var server = FaultServer.Start(Fault.Redirect(status, target.Url));
        using var test = new ListUnderTest(server.Url);

        var timestamp = await test.List.TimestampAsync(ListUnderTest.CreateSignatureValue(), TestContext.CancellationToken);

        Assert.AreEqual(server.Url.AbsoluteUri, timestamp.Authority);
        Assert.AreEqual(1, target.RequestCount);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenRedirectedInACircle_Fails()
    {
        FaultServer? itself = null;
        await using var server = FaultServer.Start(new Fault("circle", exchange => Fault.Redirect(307, itself!.Url).Play(exchange)));
        itself = server;
        using var test = new ListUnderTest(server.Url);

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        StringAssert.Contains(diagnostic.Message, "it answered HTTP 307 (Elsewhere)");
        Assert.AreEqual(6, server.RequestCount);
    }

    [TestMethod]
    public async Task TimestampAsync_WhenUrlHasAQuery_DoesNotShowIt()
    {
        await using var bad = FaultServer.Start(Fault.Status(403));
        using var test = new ListUnderTest(new Uri(bad.Url.AbsoluteUri + "?key=topsecret"), new Uri(bad.Url.AbsoluteUri + "?key=topsecret"));

        var diagnostic = await test.FailAsync(TestContext.CancellationToken);

        Assert.DoesNotContain("topsecret", diagnostic.Message + test.List.Name + test.Log.Diagnostics.Single().Message);
    }

    private static string[] Fingerprints(IEnumerable<X509Certificate2> certificates) =>
        [.. certificates.Select(Core.Certificates.Fingerprint.Sha256)];
}
