using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class ConfiguredIdentitySourceTests : IDisposable
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    private readonly TemporaryDirectory _directory = new();

    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task AcquireAsync_WhenCertificateIsTheExpectedOne_GivesIt(string algorithm)
    {
        var expected = Fingerprint.Compute(Signer.Certificate, new HashAlgorithmName(algorithm)).ToUpperInvariant();

        using var identity = await Source(expected).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsAnotherOne_IsSgn2005()
    {
        var diagnostic = await Acquisition.FailAsync(Source(TestPki.Shared.Timestamping.Fingerprint));

        Assert.AreEqual("SGN2005", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, Signer.Fingerprint);
        StringAssert.Contains(diagnostic.Message, TestPki.Shared.Timestamping.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenExpectedIsItsSha1_PrintsTheSha256ToUse()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.Certificate.Thumbprint));

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual("SignBuildExpectedFingerprint", diagnostic.File);
        StringAssert.Contains(diagnostic.Message, Signer.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFilesHoldIntermediates_AddsEachOnce()
    {
        await File.WriteAllTextAsync(_directory["chain.pem"], Signer.ExportChainPem());
        await File.WriteAllBytesAsync(_directory["intermediate.cer"], Signer.Intermediates[0].RawData);

        using var identity = await Source(null, _directory["chain.pem"], _directory["intermediate.cer"]).AcquireAsync(CancellationToken.None);

        CollectionAssert.AreEqual(
            Signer.Issuers.Select(Fingerprint.Sha256).ToArray(), identity.AdditionalCertificates.Select(Fingerprint.Sha256).ToArray());
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTimesOfTheCertificateAreMalformed_IsSgn2002()
    {
        var malformed = Malformed(Signer.Certificate);
        await File.WriteAllTextAsync(_directory["signer.pem"], Pem(malformed) + Signer.Certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());

        var diagnostic = await Acquisition.FailAsync(SigningIdentitySources.Select(new CertificateSettings { Path = _directory["signer.pem"] }, TimeProvider.System)!);

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Have the certificate with SHA-256 {Convert.ToHexStringLower(SHA256.HashData(malformed))} issued again");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTimesOfAnAdditionalCertificateAreMalformed_IsSgn2002()
    {
        var malformed = Malformed(Signer.Intermediates[0]);
        await File.WriteAllTextAsync(_directory["chain.pem"], Pem(malformed));

        var diagnostic = await Acquisition.FailAsync(Source(null, _directory["chain.pem"]));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Have the certificate with SHA-256 {Convert.ToHexStringLower(SHA256.HashData(malformed))} issued again, or take it out of '{_directory["chain.pem"]}'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenAdditionalFileIsMissing_NamesTheItem()
    {
        var diagnostic = await Acquisition.FailAsync(Source(null, _directory["none.pem"]));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Correct the SignBuildAdditionalCertificate item: the file '{_directory["none.pem"]}' does not exist.");
    }

    public void Dispose() => _directory.Dispose();

    private static string Pem(byte[] certificate) => PemEncoding.WriteString("CERTIFICATE", certificate) + "\n";

    private static byte[] Malformed(X509Certificate2 certificate)
    {
        var result = certificate.RawData;
        result[result.AsSpan().IndexOf("\u0017\r"u8) + 2] = (byte)'x';
        return result;
    }

    private ISigningIdentitySource Source(string? expected, params string[] additional)
    {
        File.WriteAllBytes(_directory["signer.pfx"], Signer.ExportPfx(withIssuers: false));
        return SigningIdentitySources.Select(
            new CertificateSettings { Path = _directory["signer.pfx"], ExpectedFingerprint = expected, AdditionalCertificatePaths = additional, PasswordVariable = Acquisition.UnsetVariable() },
            TimeProvider.System)!;
    }
}
