using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class RegisteredCertificatesTests
{
    private static readonly TestCertificate Certificate = TestPki.Shared.CodeSigning;

    [TestMethod]
    public void Read_WhenOwnerHasFileAndFingerprint_GivesBothFingerprints()
    {
        using var directory = new TemporaryDirectory();
        var path = Write(directory, "signer.CER", Certificate.ExportDer());

        var owner = RegisteredCertificates.Read(new PackageOwner("ann", [path, "AB:" + new string('0', 62), Certificate.Fingerprint.ToUpperInvariant()]));

        Assert.AreEqual($"{Certificate.Fingerprint} ab{new string('0', 62)}", string.Join(' ', owner.Fingerprints));
        Assert.AreEqual("ann", owner.Name);
    }

    [TestMethod]
    public void Read_WhenOwnerHasNothing_GivesNoCertificates()
    {
        Assert.IsFalse(RegisteredCertificates.Read(new PackageOwner("ann", [])).HasCertificates);
    }

    [TestMethod]
    [DataRow("missing.cer", "cannot be read")]
    [DataRow("certificate.crt", "extension .cer")]
    [DataRow("empty.cer", "is empty")]
    [DataRow("large.cer", "larger than the 10000 bytes")]
    [DataRow("pem.cer", "is a PEM file")]
    [DataRow("pfx.cer", "is a PFX file or a key")]
    [DataRow("trailing.cer", "further bytes behind the certificate")]
    [DataRow("truncated.cer", "is not a DER encoded X.509 certificate")]
    [DataRow("text.cer", "is not a DER encoded X.509 certificate")]
    [DataRow("shell.cer", "is not a DER encoded X.509 certificate")]
    public void Read_WhenNuGetOrgWouldNotRegisterTheFile_SaysWhy(string name, string expected)
    {
        using var directory = new TemporaryDirectory();
        var der = Certificate.ExportDer();
        byte[]? content = name switch
        {
            "certificate.crt" => der,
            "empty.cer" => [],
            "large.cer" => [.. der, .. new byte[10_000]],
            "pem.cer" => System.Text.Encoding.ASCII.GetBytes(Certificate.ExportCertificatePem()),
            "pfx.cer" => Certificate.ExportPfx(withIssuers: false),
            "trailing.cer" => [.. der, 0],
            "truncated.cer" => der[..^1],
            "text.cer" => "no certificate"u8.ToArray(),
            "shell.cer" => [0x30, 0x02, 0x30, 0x00],
            _ => null,
        };
        var path = content is null ? directory[name] : Write(directory, name, content);

        var exception = Assert.ThrowsExactly<SignBuildException>(() => RegisteredCertificates.Read(new PackageOwner("ann", [path])));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
        Assert.AreEqual("SignBuildOwner", exception.Diagnostic.File);
        StringAssert.Contains(exception.Diagnostic.Message, expected);
        StringAssert.Contains(exception.Diagnostic.Message, "'ann'");
    }

    [TestMethod]
    public void Read_WhenFingerprintIsSha1_SaysThatItIsTooShort()
    {
        var sha1 = Certificate.Certificate.GetCertHashString(HashAlgorithmName.SHA1);

        var exception = Assert.ThrowsExactly<SignBuildException>(() => RegisteredCertificates.Read(new PackageOwner("ann", [sha1])));

        StringAssert.Contains(exception.Diagnostic.Message, "40 hex digits instead of 64");
    }

    [TestMethod]
    [DataRow(9_999, true)]
    [DataRow(10_000, true)]
    [DataRow(10_001, false)]
    public void Read_WhenFileHasTheLimit_TakesIt(int length, bool expected)
    {
        using var directory = new TemporaryDirectory();
        var path = Write(directory, "padded.cer", CertificateOfLength(length));

        var error = Record(() => RegisteredCertificates.Read(new PackageOwner("ann", [path])));

        Assert.AreEqual(expected, error is null, error?.Message);
    }

    private static SignBuildException? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (SignBuildException exception)
        {
            return exception;
        }
    }

    // An extension fills the certificate up; lengths are encoded in three bytes all the way, so that one more byte gives one more.
    private static byte[] CertificateOfLength(int length)
    {
        var first = Pad(5000);
        return Pad(5000 + length - first.Length);
    }

    private static byte[] Pad(int size)
    {
        using var key = Certificate.Certificate.GetRSAPrivateKey()!;
        var request = new CertificateRequest("CN=Padded", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509Extension(new Oid("1.3.6.1.4.1.99999.9"), new byte[size], critical: false));
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.Create(new X500DistinguishedName("CN=Padded"), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), now, now.AddYears(1), [1]).RawData;
    }

    private static string Write(TemporaryDirectory directory, string name, byte[] content)
    {
        File.WriteAllBytes(directory[name], content);
        return directory[name];
    }
}
