using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

[TestClass]
public sealed class DevelopmentTimestampAuthorityTests
{
    private static readonly byte[] Signature = [1, 2, 3, 4];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Timestamp_WhenDotNetReadsTheToken_ItIsForTheSignatureAndTheTime()
    {
        using var directory = new TemporaryDirectory();
        using var authority = await SharedDevelopmentAuthority.LoadAsync(directory, TestContext.CancellationToken);

        var timestamp = await authority.Timestamps.TimestampAsync(Signature, TestContext.CancellationToken);

        Assert.IsTrue(Rfc3161TimestampToken.TryDecode(timestamp.Token.Encode(), out var token, out _));
        Assert.IsTrue(token.VerifySignatureForData(Signature, out var certificate));
        Assert.AreEqual(timestamp.Token.SignerInfos[0].Certificate!.Thumbprint, certificate.Thumbprint);
        Assert.IsFalse(token.VerifySignatureForData([1, 2, 3, 5], out _));
        Assert.AreEqual(timestamp.Time, token.TokenInfo.Timestamp);
        Assert.AreEqual(SharedDevelopmentAuthority.Created, timestamp.Time);
        CollectionAssert.AreEquivalent(
            new[] { certificate.Thumbprint, authority.Root.Thumbprint },
            timestamp.Token.Certificates.Select(embedded => embedded.Thumbprint).ToArray());
    }

    [TestMethod]
    [DataRow("SHA256", Oids.Sha256)]
    [DataRow("SHA384", Oids.Sha384)]
    [DataRow("SHA512", Oids.Sha512)]
    public async Task TimestampsWith_WhenHashAlgorithmIsGiven_UsesItForImprintAndSignature(string algorithm, string oid)
    {
        using var directory = new TemporaryDirectory();
        using var authority = await SharedDevelopmentAuthority.LoadAsync(directory, TestContext.CancellationToken);

        var timestamp = await authority.TimestampsWith(new HashAlgorithmName(algorithm)).TimestampAsync(Signature, TestContext.CancellationToken);

        Assert.IsTrue(Rfc3161TimestampToken.TryDecode(timestamp.Token.Encode(), out var token, out _));
        Assert.AreEqual((oid, oid), (token.TokenInfo.HashAlgorithmId.Value, timestamp.Token.SignerInfos[0].DigestAlgorithm.Value));
        Assert.IsTrue(token.VerifySignatureForData(Signature, out _));
    }

    [TestMethod]
    public async Task Timestamp_WhenManyAreMadeAtOnce_AllAreValidAndDifferent()
    {
        using var directory = new TemporaryDirectory();
        using var authority = await SharedDevelopmentAuthority.LoadAsync(directory, TestContext.CancellationToken);

        var timestamps = await Task.WhenAll(Enumerable.Range(0, 32).Select(
            _ => Task.Run(() => authority.Timestamps.TimestampAsync(Signature, TestContext.CancellationToken))));

        var serialNumbers = timestamps.Select(timestamp =>
        {
            Assert.IsTrue(Rfc3161TimestampToken.TryDecode(timestamp.Token.Encode(), out var token, out _));
            Assert.IsTrue(token.VerifySignatureForData(Signature, out _));
            return Convert.ToHexString(token.TokenInfo.GetSerialNumber().Span);
        });
        Assert.HasCount(32, serialNumbers.Distinct().ToArray());
    }

    [TestMethod]
    public async Task Timestamp_WhenOpenSslReadsTheToken_ItIsAccepted()
    {
        if (!OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("OpenSSL is not on the PATH.");
        }

        using var directory = new TemporaryDirectory();
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);

        var timestamp = await authority.Timestamps.TimestampAsync(Signature, TestContext.CancellationToken);

        var result = await OpenSsl.VerifyTimestampAsync(timestamp.Token.Encode(), Signature, [authority.Root]);
        Assert.IsTrue(result.Succeeded, result.Output);
    }
}
