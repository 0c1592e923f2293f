using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class CertificateFilesTests : IDisposable
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    private readonly TemporaryDirectory _directory = new();

    [TestMethod]
    public void Load_WhenPemHoldsSeveral_GivesAllInOrder()
    {
        File.WriteAllText(_directory["a"], "a comment\n" + Signer.ExportChainPem() + Signer.ExportKeyPem());

        var certificates = CertificateFiles.Load(_directory["a"]);

        CollectionAssert.AreEqual(
            new[] { Signer.Certificate }.Concat(Signer.Issuers).Select(Fingerprint.Sha256).ToArray(), certificates.Select(Fingerprint.Sha256).ToArray());
    }

    [TestMethod]
    public void Load_WhenFileIsDer_GivesTheOne()
    {
        File.WriteAllBytes(_directory["a"], Signer.ExportDer());

        Assert.AreEqual(Signer.Fingerprint, Fingerprint.Sha256(CertificateFiles.Load(_directory["a"]).Single()));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Load_WhenFileIsPkcs7_GivesItsCertificates(bool pem)
    {
        var collection = new X509Certificate2Collection(Signer.Issuers.ToArray());
        File.WriteAllBytes(_directory["a"], pem
            ? System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", collection.Export(X509ContentType.Pkcs7)!))
            : collection.Export(X509ContentType.Pkcs7)!);

        CollectionAssert.AreEquivalent(
            Signer.Issuers.Select(Fingerprint.Sha256).ToArray(), CertificateFiles.Load(_directory["a"]).Select(Fingerprint.Sha256).ToArray());
    }

    [TestMethod]
    public void Load_WhenFileIsMissing_IsSgn2001() => Assert.AreEqual("SGN2001", Fail().Code);

    [TestMethod]
    public void Load_WhenFileIsPfx_SaysThatPublicPartsAreWanted()
    {
        File.WriteAllBytes(_directory["a"], Signer.ExportPfx());

        var diagnostic = Fail();

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"'{_directory["a"]}' is a PFX");
    }

    [TestMethod]
    [DataRow(200)]
    [DataRow(3)]
    [DataRow(1)]
    public void Load_WhenDerIsTruncated_IsSgn2002(int length)
    {
        File.WriteAllBytes(_directory["a"], Signer.ExportDer()[..length]);

        Assert.AreEqual("SGN2002", Fail().Code);
    }

    public void Dispose() => _directory.Dispose();

    private Diagnostic Fail() => Assert.ThrowsExactly<SignBuildException>(() => CertificateFiles.Load(_directory["a"])).Diagnostic;
}
