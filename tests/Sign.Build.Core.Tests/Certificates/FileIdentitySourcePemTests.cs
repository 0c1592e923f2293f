using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class FileIdentitySourcePemTests : IDisposable
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;
    private static readonly TestCertificate Other = TestPki.Shared.Timestamping;

    private readonly TemporaryDirectory _directory = new();

    [TestMethod]
    [DataRow("PKCS#8")]
    [DataRow("PKCS#1")]
    [DataRow("encrypted PKCS#8")]
    public async Task AcquireAsync_WhenKeyIsInTheFile_GivesCertificateChainAndKey(string form)
    {
        var source = Source(Signer.ExportChainPem() + Key(form), password: "secret");

        using var identity = await source.AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        CollectionAssert.AreEqual(
            Signer.Issuers.Select(Fingerprint.Sha256).ToArray(), identity.AdditionalCertificates.Select(Fingerprint.Sha256).ToArray());
        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    [DataRow("PKCS#8")]
    [DataRow("PKCS#1")]
    [DataRow("encrypted PKCS#8")]
    public async Task AcquireAsync_WhenKeyHasItsOwnFile_ReadsIt(string form)
    {
        using var identity = await Source(Signer.ExportChainPem(), Key(form), password: "secret").AcquireAsync(CancellationToken.None);

        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSignerIsLastInTheFile_FindsItByItsKey()
    {
        var pem = string.Concat(Signer.Issuers.Select(issuer => issuer.ExportCertificatePem() + "\n")) + Signer.ExportCertificatePem();

        using var identity = await Source(Signer.ExportKeyPem() + pem).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenCertificateIsDer_TakesTheKeyFile()
    {
        await File.WriteAllBytesAsync(_directory["signer.cer"], Signer.ExportDer());
        await File.WriteAllTextAsync(_directory["key.pem"], Signer.ExportKeyPem());

        using var identity = await new FileIdentitySource(new CertificateSettings { Path = _directory["signer.cer"], KeyPath = _directory["key.pem"] })
            .AcquireAsync(CancellationToken.None);

        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenDerHasNoKeyFile_SaysHowToGiveOne()
    {
        await File.WriteAllBytesAsync(_directory["signer.cer"], Signer.ExportDer());

        var diagnostic = await Acquisition.FailAsync(new FileIdentitySource(new CertificateSettings { Path = _directory["signer.cer"] }));

        Assert.AreEqual("SGN2003", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "SignBuildCertificateKeyPath");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTextIsUtf16_ReadsIt()
    {
        await File.WriteAllTextAsync(_directory["signer.pem"], Signer.ExportChainPem() + Signer.ExportKeyPem(), System.Text.Encoding.Unicode);

        using var identity = await new FileIdentitySource(new CertificateSettings { Path = _directory["signer.pem"] }).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenThereIsNoKey_SaysWhereOneIsLookedFor()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem()));

        Assert.AreEqual("SGN2003", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, "Append the private key to the file, or name its file in SignBuildCertificateKeyPath: ");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyIsOfAnotherCertificate_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem(), Other.ExportKeyPem()));

        Assert.AreEqual("SGN2003", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Give the key that belongs to the certificate: the private key in '{_directory["key.pem"]}' is another one.");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTwoCertificatesShareTheKey_ListsThem()
    {
        using var renewed = Renewed();

        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportCertificatePem() + renewed.ExportCertificatePem(), Signer.ExportKeyPem()));

        Assert.AreEqual("SGN2004", diagnostic.Code);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTwoShareTheKeyAndOneIsExpected_TakesThatOne()
    {
        using var renewed = Renewed();

        using var identity = await Source(Signer.ExportCertificatePem() + renewed.ExportCertificatePem(), Signer.ExportKeyPem(), expected: renewed.Fingerprint)
            .AcquireAsync(CancellationToken.None);

        Assert.AreEqual(renewed.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordOfKeyIsWrong_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem(), Signer.ExportEncryptedKeyPem("secret"), password: "wrong"));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"it does not open the private key in '{_directory["key.pem"]}'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordOfKeyIsMissing_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem(), Signer.ExportEncryptedKeyPem("secret")));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"the private key in '{_directory["key.pem"]}' is protected by a password");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyIsInOpenSslsOldEncryption_SaysHowToConvert()
    {
        const string old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";

        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem(), old));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "openssl pkcs8 -topk8");
    }

    [TestMethod]
    [DataRow("PRIVATE KEY")]
    [DataRow("RSA PRIVATE KEY")]
    public async Task AcquireAsync_WhenKeyIsDamaged_SaysSo(string label)
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportChainPem(), $"-----BEGIN {label}-----\nMIIBAgEA\n-----END {label}-----\n"));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "is damaged");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyIsElliptic_IsSgn5007()
    {
        using var elliptic = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { KeyKind = TestKeyKind.Ecdsa });

        var diagnostic = await Acquisition.FailAsync(Source(elliptic.ExportChainPem(), elliptic.ExportKeyPem()));

        Assert.AreEqual("SGN5007", diagnostic.Code);
    }

    public void Dispose() => _directory.Dispose();

    private static string Key(string form) => form switch
    {
        "PKCS#8" => Signer.ExportKeyPem(),
        "PKCS#1" => Signer.ExportRsaKeyPem(),
        _ => Signer.ExportEncryptedKeyPem("secret"),
    };

    private static TestCertificate Renewed()
    {
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(Signer.Certificate)!;
        return TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { Key = key });
    }

    private FileIdentitySource Source(string pem, string? key = null, string? password = null, string? expected = null)
    {
        File.WriteAllText(_directory["signer.pem"], pem);
        if (key is not null)
        {
            File.WriteAllText(_directory["key.pem"], key);
        }

        return new FileIdentitySource(new CertificateSettings
        {
            Path = _directory["signer.pem"],
            KeyPath = key is null ? null : _directory["key.pem"],
            PasswordVariable = password is null ? Acquisition.UnsetVariable() : Acquisition.SetVariable(password),
            ExpectedFingerprint = expected,
        });
    }
}
