using System.Security.Cryptography;
using Sign.Build.Testing;
using TestOids = Sign.Build.Testing.Oids;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class SignatureRuleTests
{
    [TestMethod]
    [DataRow("nothing wrong", "")]
    [DataRow("no commitment type", "SGN5002")]
    [DataRow("both commitment types", "SGN5006/NU3000")]
    [DataRow("no signing time", "SGN5006/NU3011")]
    [DataRow("no signing-certificate-v2", "SGN5006/NU3011")]
    [DataRow("signing-certificate too", "SGN5006/NU3011")]
    [DataRow("ESS by SHA-1", "SGN5006/NU3011")]
    [DataRow("ESS explicit SHA-256", "")]
    [DataRow("ESS SHA-512", "")]
    [DataRow("ESS without issuer", "SGN5006/NU3011")]
    [DataRow("ESS of another certificate", "SGN5006/NU3011")]
    [DataRow("ESS malformed", "SGN5006/NU3011")]
    [DataRow("no certificates", "SGN5006/NU3010")]
    [DataRow("digest SHA-1", "SGN5014")]
    [DataRow("PSS padding", "SGN5014")]
    [DataRow("SHA-512", "")]
    [DataRow("two signers", "SGN5006/NU3009")]
    [DataRow("corrupt value", "SGN5006/NU3012 SGN5013/NU3019")]
    [DataRow("no timestamp", "SGN5003/NU3027")]
    [DataRow("two timestamps", "SGN5004/NU3000")]
    public async Task VerifyAsync_WhenAuthorSignatureHas_Finds(string what, string expected)
    {
        var verification = await Verify.SignatureAsync(Options(what));

        Assert.AreEqual(expected, verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    [TestMethod]
    [DataRow("a: b", "SGN5006/NU3000")]
    [DataRow("Version:2\n\n{hash}\n\n", "SGN5006/NU3007")]
    [DataRow("Version:1\n\n1.3.14.3.2.26-Hash:AAAA\n\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\n{hash}\n{hash}\n\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\n{hash}\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\n{hash}", "SGN5006/NU3000")]
    [DataRow("Version:1\n{hash}\n\n", "SGN5006/NU3000")]
    [DataRow("\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\nx y:1\n{hash}\n\n", "SGN5006/NU3000")]
    [DataRow("\ufeffVersion:1\n\n{hash}\n\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\n2.16.840.1.101.3.4.2.1-Hash:!\n\n", "SGN5006/NU3000")]
    [DataRow("Version:1\n\n2.16.840.1.101.3.4.2.1-Hash:AAAA\n\n", "SGN5005/NU3008")]
    [DataRow("Version:1\n\n{hash}\n\n", "")]
    [DataRow("Version:1\r\n\r\n{hash}\r\n\r\n", "")]
    [DataRow("Future:x\nVersion:1\n\nOther:y\n{hash}\n\nThird:z\n\n", "")]
    public async Task VerifyAsync_WhenSignedContentIs_Finds(string content, string expected)
    {
        var options = new TestSignatureOptions { Content = text => content.Replace("{hash}", text.Split('\n')[2], StringComparison.Ordinal) };

        var verification = await Verify.SignatureAsync(options);

        Assert.AreEqual(expected, verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    [TestMethod]
    public async Task VerifyAsync_WhenSignedContentNamesAnotherHash_SaysBoth()
    {
        var verification = await Verify.SignatureAsync(new TestSignatureOptions { Content = _ => "Version:1\n\n2.16.840.1.101.3.4.2.1-Hash:AAAA\n\n" });

        StringAssert.Contains(verification.Findings.Single().Message, "SHA256 AAAA, is ");
    }

    [TestMethod]
    public async Task VerifyAsync_WhenSignatureHasCountlessTimestamps_LooksAtFew()
    {
        var verification = await Verify.SignatureAsync(new() { Timestamps = [.. Enumerable.Repeat(new TestTimestampOptions(), 17)] });

        Assert.AreEqual("SGN5006 SGN5004/NU3000", verification.Findings.Codes());
        StringAssert.Contains(verification.Findings[0].Message, "it has 17 timestamps, more than anybody needs");
    }

    private static TestSignatureOptions Options(string what)
    {
        var certificate = TestPki.Shared.CodeSigning.Certificate;
        return what switch
        {
            "nothing wrong" => new(),
            "no commitment type" => new() { CommitmentTypes = [] },
            "both commitment types" => new() { CommitmentTypes = [TestOids.ProofOfOrigin, TestOids.ProofOfReceipt] },
            "no signing time" => new() { OmitSigningTime = true },
            "no signing-certificate-v2" => new() { OmitSigningCertificateV2 = true },
            "signing-certificate too" => new() { AddSigningCertificateV1 = true },
            "ESS by SHA-1" => new() { SigningCertificateV2 = TestEss.EncodeV2(certificate, HashAlgorithmName.SHA1) },
            "ESS explicit SHA-256" => new() { SigningCertificateV2 = TestEss.EncodeV2(certificate, writeAlgorithm: true) },
            "ESS SHA-512" => new() { SigningCertificateV2 = TestEss.EncodeV2(certificate, HashAlgorithmName.SHA512) },
            "ESS without issuer" => new() { SigningCertificateV2 = TestEss.EncodeV2(certificate, issuerSerial: false) },
            "ESS of another certificate" => new() { SigningCertificateV2 = TestEss.EncodeV2(TestPki.Shared.Timestamping.Certificate) },
            "ESS malformed" => new() { SigningCertificateV2 = [0x30, 0x02, 0x30, 0x00] },
            "no certificates" => new() { Certificates = TestEmbeddedCertificates.None },
            "digest SHA-1" => new() { DigestAlgorithm = HashAlgorithmName.SHA1 },
            "PSS padding" => new() { Padding = RSASignaturePadding.Pss },
            "SHA-512" => new() { HashAlgorithm = HashAlgorithmName.SHA512 },
            "two signers" => new() { SecondSigner = TestPki.Shared.CodeSigning },
            "corrupt value" => new() { CorruptSignature = true },
            "no timestamp" => new() { Timestamps = [] },
            "two timestamps" => new() { Timestamps = [new(), new()] },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }
}
