using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

/// <summary>Every way in which a server that can be reached fails, with the reason that the user gets and whether it is asked again.</summary>
public static class FaultCases
{
    private static readonly Lazy<TestCertificate> WeakKey = new(() => TestPki.Shared.TimestampRoot.Issue(TestCertificateOptions.Timestamping with { KeySize = 1024 }));
    private static readonly Lazy<TestCertificate> Expired = new(() => TestPki.Shared.TimestampRoot.Issue(TestCertificateOptions.Timestamping with
    {
        NotBefore = DateTimeOffset.UtcNow.AddYears(-2),
        NotAfter = DateTimeOffset.UtcNow.AddYears(-1),
    }));
    private static readonly Lazy<TestCertificate> Untrusted = new(() => TestCertificateAuthority.CreateRoot("Untrusted").Issue(TestCertificateOptions.Timestamping));

    public static IEnumerable<object[]> All => Transient.Concat(Permanent);

    /// <summary>Faults that may pass; without those that only time ends.</summary>
    public static IEnumerable<object[]> Transient =>
    [
        [Fault.Reset, "the connection broke before it answered"],
        [Fault.Closed, "the connection ended before it answered"],
        [Fault.ResetInBody, "the connection broke while it answered"],
        [Fault.Truncated, "the connection broke while it answered"],
        [Fault.Status(500, "Oops"), "it answered HTTP 500 (Oops)"],
        [Fault.Status(502), "it answered HTTP 502"],
        [Fault.Status(503), "it answered HTTP 503"],
        [Fault.Status(504), "it answered HTTP 504"],
        [Fault.Status(408), "it answered HTTP 408"],
    ];

    public static IEnumerable<object[]> Permanent =>
    [
        [Fault.NotHttp, "its answer is not HTTP that can be read"],
        [Fault.Status(204), "it answered HTTP 204"],
        [Fault.Status(400), "it answered HTTP 400"],
        [Fault.Status(401), "it answered HTTP 401"],
        [Fault.Status(403, "Forbidden\tby\u0007me"), "it answered HTTP 403 (Forbidden"],
        [Fault.Status(404), "it answered HTTP 404"],
        [Fault.Status(501), "it answered HTTP 501"],
        [Fault.Garbage, "its answer is not an RFC 3161 response"],
        [Fault.Empty, "its answer is not an RFC 3161 response"],
        [Fault.HalfToken, "its answer is not an RFC 3161 response"],
        [Fault.Oversized, "its answer is longer than 1048576 bytes"],
        [Fault.OversizedInChunks, "its answer is longer than 1048576 bytes"],
        [Fault.WrongContentType, "it answered with content type 'text/html' instead of application/timestamp-reply"],
        [Fault.NoContentType, "it answered without a content type instead of application/timestamp-reply"],
        [Fault.Status(302), "it answered HTTP 302"],
        [Token("not granted", new() { Status = 2, StatusText = "closed on\r\nSundays" }), "it did not grant the timestamp (status 2: closed on??Sundays)"],
        [Token("not granted, no text", new() { Status = 5, FailInfo = 14 }), "it did not grant the timestamp (status 5)"],
        [Token("nonce", new() { WrongNonce = true }), "its token answers another request (wrong nonce)"],
        [Token("no nonce", new() { OmitNonce = true }), "its token answers another request (wrong nonce)"],
        [Token("imprint", new() { WrongImprint = true }), "its token is over something else (wrong message imprint)"],
        [Token("imprint SHA-1", new() { ImprintAlgorithm = HashAlgorithmName.SHA1 }), "its token is over another kind of hash (sha1 instead of sha256)"],
        [Token("imprint SHA-512", new() { ImprintAlgorithm = HashAlgorithmName.SHA512 }), "its token is over another kind of hash (sha512 instead of sha256)"],
        [Token("no certificate", new() { OmitCertificates = true }), "its token does not hold the certificate of its signer"],
        [Token("no TSTInfo", new() { NotTstInfo = true }), "its token holds no timestamp"],
        [Token("no ESS", new() { OmitSigningCertificate = true }), "its token is not acceptable"],
        [Token("ESS of another", new() { SigningCertificateOf = TestPki.Shared.CodeSigning.Certificate }), "its token is not acceptable"],
        [Token("corrupt", new() { CorruptSignature = true }), "the signature of its token is wrong"],
        [Token("code signing certificate", new() { Signer = TestPki.Shared.CodeSigning }), "its certificate is not one for timestamping only"],
        [Token("before its certificate", new() { Time = DateTimeOffset.UtcNow.AddYears(-7) }), "the time of its token ("],
        [Token("slow clock", new() { Time = DateTimeOffset.UtcNow.AddHours(-25) }), "the time of its token ("],
        [Token("fast clock", new() { Time = DateTimeOffset.UtcNow.AddHours(25) }), "its token would be refused: SGN5013"],
        [Token("SHA-1 digest", new() { DigestAlgorithm = HashAlgorithmName.SHA1 }), "its token would be refused: SGN5014"],
        [Token("weak key", new() { Signer = WeakKey.Value }), "its token would be refused: SGN5007"],
        [Token("expired chain", new() { Signer = Expired.Value, Time = DateTimeOffset.UtcNow.AddMonths(-18) }), "its token would be refused: SGN5009"],
        [Token("untrusted chain", new() { Signer = Untrusted.Value }), "its token would be refused: SGN5010"],
        [MalformedCertificate((byte)'x'), "its "],
        [MalformedCertificate((byte)'9'), "its "],
        [Token("two signers", new() { SecondSigner = TestPki.Shared.CodeSigning }), "its token has 2 signers instead of one"],
    ];

    // The first digit of a month: platforms read the times of a certificate only when somebody asks.
    private static Fault MalformedCertificate(byte month) => new($"certificate of month {month}", async exchange =>
    {
        Rfc3161TimestampRequest.TryDecode(exchange.Request, out var request, out _);
        var body = TestTimestampToken.CreateResponse(request!, new());
        var leaf = TestPki.Shared.Timestamping.Certificate.RawData;
        body[body.AsSpan().IndexOf(leaf) + leaf.AsSpan().IndexOf("\u0017\r"u8) + 4] = month;
        await exchange.AnswerAsync("200 OK", "Content-Type: application/timestamp-reply\r\n", body);
    });

    private static Fault Token(string name, TestTimestampOptions options) => Fault.Token(name, options);
}
