using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Rigs;

[TestClass]
public sealed class TestTimestampServerTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("what is timestamped");

    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task StartAsync_WhenAskedByDotNet_GivesTokenThatDotNetAndOpenSslAccept(string hash)
    {
        await using var server = await TestTimestampServer.StartAsync();

        var token = await RequestAsync(server, new HashAlgorithmName(hash));

        Assert.IsTrue(token.VerifySignatureForData(Data, out var signer));
        Assert.AreEqual(TestPki.Shared.Timestamping.Certificate.Thumbprint, signer.Thumbprint);
        Assert.AreEqual(1, server.RequestCount);
        OpenSsl.RequireOrInconclusive();
        var result = await OpenSsl.VerifyTimestampAsync(token.AsSignedCms().Encode(), Data, TestPki.Shared.Roots);
        Assert.IsTrue(result.Succeeded, result.Output);
    }

    [TestMethod]
    public async Task StartAsync_WhenNonceIsWrong_DotNetRejectsResponse()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { WrongNonce = true });

        await Assert.ThrowsExactlyAsync<CryptographicException>(() => RequestAsync(server, HashAlgorithmName.SHA256));
    }

    [TestMethod]
    public async Task StartAsync_WhenStatusIsRejection_DotNetRejectsResponse()
    {
        await using var server = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2, FailInfo = 14, StatusText = "no clock" });

        await Assert.ThrowsExactlyAsync<CryptographicException>(() => RequestAsync(server, HashAlgorithmName.SHA256));
    }

    [TestMethod]
    public void Create_WhenAccuracyIsGiven_TokenStatesIt()
    {
        var time = new DateTimeOffset(2025, 5, 6, 7, 8, 9, TimeSpan.Zero);

        var cms = TestTimestampToken.Create(Data, new TestTimestampOptions { Time = time, Accuracy = TimeSpan.FromMilliseconds(2500) });

        Assert.IsTrue(Rfc3161TimestampToken.TryDecode(cms.Encode(), out var token, out _));
        Assert.AreEqual(time, token.TokenInfo.Timestamp);
        Assert.AreEqual(2_500_000L, token.TokenInfo.AccuracyInMicroseconds);
    }

    [TestMethod]
    public void Create_WhenSignatureIsCorrupt_TokenDoesNotVerify()
    {
        var cms = TestTimestampToken.Create(Data, new TestTimestampOptions { CorruptSignature = true });

        Assert.ThrowsExactly<CryptographicException>(() => cms.CheckSignature(verifySignatureOnly: true));
    }

    private static async Task<Rfc3161TimestampToken> RequestAsync(TestTimestampServer server, HashAlgorithmName hash)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(Data, hash, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true);
        using var client = new HttpClient();
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var response = await client.PostAsync(server.Url, content);
        response.EnsureSuccessStatusCode();
        return request.ProcessResponse(await response.Content.ReadAsByteArrayAsync(), out _);
    }
}
