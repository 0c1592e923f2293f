using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class TrustedSignerReadTests
{
    private static readonly TestCertificate Certificate = TestPki.Shared.CodeSigning;

    [TestMethod]
    public void Read_WhenCertificatesAreFilesAndFingerprints_GivesEachFingerprintOnce()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["a.cer"], Certificate.ExportDer());
        File.WriteAllText(directory["b.pem"], Certificate.ExportCertificatePem());
        var other = new string('A', 64);

        var signer = TrustedSigner.Read(Settings(directory["a.cer"], directory["b.pem"], Certificate.Fingerprint.ToUpperInvariant(), other));

        CollectionAssert.AreEqual(new[] { Certificate.Fingerprint, other.ToLowerInvariant() }, signer.Fingerprints.ToArray());
    }

    [TestMethod]
    public void Read_WhenThereIsNoCertificate_NamesItemAndMetadata()
    {
        var failure = Assert.ThrowsExactly<SignBuildException>(() => TrustedSigner.Read(Settings()));

        Assert.AreEqual("SGN1002", failure.Diagnostic.Code);
        StringAssert.Contains(failure.Diagnostic.ToString(), "SignBuildTrustedAuthor item 'Contoso'");
    }

    [TestMethod]
    [DataRow(40, "SGN1002")]
    [DataRow(96, "SGN1002")]
    public void Read_WhenTheFingerprintIsNotSha256_IsRefused(int digits, string code)
    {
        var failure = Assert.ThrowsExactly<SignBuildException>(() => TrustedSigner.Read(Settings(new string('a', digits))));

        Assert.AreEqual(code, failure.Diagnostic.Code);
    }

    [TestMethod]
    public void Read_WhenTheFileIsMissing_NamesIt()
    {
        using var directory = new TemporaryDirectory();

        var failure = Assert.ThrowsExactly<SignBuildException>(() => TrustedSigner.Read(Settings(directory["gone.cer"])));

        Assert.AreEqual("SGN2", failure.Diagnostic.Code[..4]);
        StringAssert.Contains(failure.Diagnostic.ToString(), "gone.cer");
    }

    private static TrustedSignerSettings Settings(params string[] certificates) => new("Contoso", certificates, null, [], AllowUntrustedRoot: false);
}
