using System.Security.Cryptography;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class TimestampRuleTests
{
    private static readonly byte[] Data = [1, 2, 3];

    [TestMethod]
    [DataRow("nothing wrong", "")]
    [DataRow("SHA-512", "")]
    [DataRow("ESS version 1", "")]
    [DataRow("no ESS", "SGN5013/NU3021")]
    [DataRow("ESS of another certificate", "SGN5013/NU3021")]
    [DataRow("no certificates", "SGN5013/NU3020")]
    [DataRow("no timestamp in it", "SGN5013/NU3021")]
    [DataRow("corrupt signature", "SGN5013/NU3021")]
    [DataRow("two signers", "SGN5013/NU3021")]
    [DataRow("wrong imprint", "SGN5013/NU3019")]
    [DataRow("digest SHA-1", "SGN5014/NU3024")]
    [DataRow("imprint SHA-1", "SGN5014/NU3030")]
    [DataRow("from the future", "SGN5013")]
    [DataRow("before its certificate", "SGN5009/NU3036")]
    [DataRow("RSA 1024", "SGN5007/NU3023")]
    [DataRow("ECDSA", "SGN5007/NU3023")]
    [DataRow("issued with PSS", "SGN5014/NU3022")]
    [DataRow("for code", "SGN5008/NU3028")]
    [DataRow("no usages", "SGN5008/NU3028")]
    [DataRow("usage not critical", "SGN5008/NU3028")]
    [DataRow("several usages", "SGN5008/NU3028")]
    [DataRow("untrusted", "SGN5010/NU3028")]
    [DataRow("certificate from tomorrow", "SGN5009/NU3025")]
    [DataRow("certificate expired", "SGN5009/NU3036")]
    [DataRow("certificate expired since", "SGN5009")]
    public void Judge_WhenTimestampIs_Finds(string what, string expected)
    {
        var findings = Judge(Options(what), VerificationPolicy.NuGetOrg);

        Assert.AreEqual(expected, findings.Codes(), string.Join('\n', findings));
    }

    [TestMethod]
    public void Judge_WhenCertificateExpiredSince_AcceptsItUnderPrivate()
    {
        Assert.AreEqual("", Judge(Options("certificate expired since"), VerificationPolicy.Private).Codes());
    }

    [TestMethod]
    [DataRow(new byte[0])]
    [DataRow(new byte[] { 4, 2, 1, 2 })]
    [DataRow(new byte[] { 0x30, 0x80, 0, 0 })]
    public void Judge_WhenTokenIsGarbage_Rejects(byte[] token)
    {
        using var chains = Verify.Chains();

        var findings = new TimestampJudge(chains, TimeProvider.System, VerificationPolicy.NuGetOrg).Judge(TimestampInspector.Inspect(token), Data, "the author signature");

        Assert.AreEqual("SGN5013/NU3021", findings.Codes());
        StringAssert.Contains(findings[0].Message, "the timestamp of the author signature is not valid: it is no CMS structure");
    }

    [TestMethod]
    public void Inspect_WhenAccuracyIsGiven_ReadsTimeAndAccuracy()
    {
        var time = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        var options = new TestTimestampOptions { Time = time, Accuracy = TimeSpan.FromSeconds(2) };

        var timestamp = TimestampInspector.Inspect(TestTimestampToken.Create(Data, options).Encode());

        Assert.AreEqual(time, timestamp.Time);
        Assert.AreEqual(TimeSpan.FromSeconds(2), timestamp.Accuracy);
        Assert.AreEqual(TestPki.Shared.Timestamping.Certificate.Thumbprint, timestamp.Certificate!.Thumbprint);
    }

    private static IReadOnlyList<Diagnostic> Judge(TestTimestampOptions options, VerificationPolicy policy)
    {
        using var chains = Verify.Chains();
        return new TimestampJudge(chains, TimeProvider.System, policy).Judge(TimestampInspector.Inspect(TestTimestampToken.Create(Data, options).Encode()), Data, "the author signature");
    }

    private static TestTimestampOptions Options(string what) => what switch
    {
        "nothing wrong" => new(),
        "SHA-512" => new() { DigestAlgorithm = HashAlgorithmName.SHA512 },
        "ESS version 1" => new() { SigningCertificateV1 = true },
        "no ESS" => new() { OmitSigningCertificate = true },
        "ESS of another certificate" => new() { SigningCertificateOf = TestPki.Shared.CodeSigning.Certificate },
        "no certificates" => new() { OmitCertificates = true },
        "no timestamp in it" => new() { NotTstInfo = true },
        "corrupt signature" => new() { CorruptSignature = true },
        "two signers" => new() { SecondSigner = TestPki.Shared.CodeSigning },
        "wrong imprint" => new() { WrongImprint = true },
        "digest SHA-1" => new() { DigestAlgorithm = HashAlgorithmName.SHA1 },
        "imprint SHA-1" => new() { ImprintAlgorithm = HashAlgorithmName.SHA1 },
        "from the future" => new() { Time = DateTimeOffset.UtcNow.AddDays(2) },
        "before its certificate" => new() { Time = DateTimeOffset.UtcNow.AddYears(-6) },
        "RSA 1024" => new() { Signer = MatrixCertificates.TimestampRsa1024.Value },
        "ECDSA" => new() { Signer = MatrixCertificates.TimestampEcdsa.Value },
        "issued with PSS" => new() { Signer = MatrixCertificates.TimestampIssuedWithPss.Value },
        "for code" => new() { Signer = MatrixCertificates.TimestampForCode.Value },
        "no usages" => new() { Signer = MatrixCertificates.TimestampWithoutUsages.Value },
        "usage not critical" => new() { Signer = MatrixCertificates.TimestampUsageNotCritical.Value },
        "several usages" => new() { Signer = MatrixCertificates.TimestampSeveralUsages.Value },
        "untrusted" => new() { Signer = MatrixCertificates.TimestampUntrusted.Value },
        "certificate from tomorrow" => new() { Signer = MatrixCertificates.TimestampNotYetValid.Value },
        "certificate expired" => new() { Signer = MatrixCertificates.TimestampExpired.Value },
        "certificate expired since" => new() { Signer = MatrixCertificates.TimestampExpired.Value, Time = DateTimeOffset.UtcNow.AddDays(-20) },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
