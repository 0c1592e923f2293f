using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class FileIdentitySourcePfxTests : IDisposable
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    private readonly TemporaryDirectory _directory = new();

    [TestMethod]
    public async Task AcquireAsync_WhenPfxHoldsTheChain_GivesAllOfIt()
    {
        using var identity = await Source(Signer.ExportPfx("secret"), password: "secret").AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        CollectionAssert.AreEquivalent(
            Signer.Issuers.Select(Fingerprint.Sha256).ToArray(), identity.AdditionalCertificates.Select(Fingerprint.Sha256).ToArray());
        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenExtensionMisleads_GoesByContent()
    {
        using var identity = await Source(Signer.ExportPfx(), name: "signer.pem").AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordIsWrong_SaysWhichVariable()
    {
        var variable = Acquisition.SetVariable("wrong-Zx81");

        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx("secret"), variable: variable));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Correct the password in the environment variable '{variable}': it does not open the PFX. ");
        Assert.IsFalse(diagnostic.Message.Contains("Zx81", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordEndsWithWhiteSpace_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx("secret"), password: "secret\n"));

        StringAssert.Contains(diagnostic.Message, "white space");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordIsMissing_SaysWhichVariableToSet()
    {
        var variable = Acquisition.UnsetVariable();

        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx("secret"), variable: variable));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Set the environment variable '{variable}' to the password");
    }

    [TestMethod]
    [DataRow("secret")]
    [DataRow("secret\n")]
    [DataRow("secret\r\nsecond line")]
    [DataRow("\uFEFFsecret\n")]
    public async Task AcquireAsync_WhenPasswordFileIsSet_UsesItsFirstLine(string content)
    {
        await File.WriteAllTextAsync(_directory["password.txt"], content);
        var source = Source(Signer.ExportPfx("secret"), password: "not this one", passwordFile: _directory["password.txt"]);

        using var identity = await source.AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordFileIsMissing_NamesItsProperty()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx("secret"), passwordFile: _directory["none.txt"]));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, "Correct SignBuildCertificatePasswordFile: ");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPasswordFileIsEmpty_SaysSo()
    {
        await File.WriteAllTextAsync(_directory["password.txt"], "\n");

        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx("secret"), passwordFile: _directory["password.txt"]));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Write the password to the first line of '{_directory["password.txt"]}'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPfxHasNoKey_SaysSo()
    {
        var pfx = new X509Certificate2Collection(X509CertificateLoader.LoadCertificate(Signer.ExportDer())).Export(X509ContentType.Pkcs12)!;

        var diagnostic = await Acquisition.FailAsync(Source(pfx));

        Assert.AreEqual("SGN2003", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, Signer.Certificate.Subject);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPfxHasNoCertificate_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(new X509Certificate2Collection().Export(X509ContentType.Pkcs12)!));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "holds no certificate");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSeveralHaveKeys_ListsThem()
    {
        var diagnostic = await Acquisition.FailAsync(Source(TwoKeys()));

        Assert.AreEqual("SGN2004", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, Signer.Fingerprint);
        StringAssert.Contains(diagnostic.Message, TestPki.Shared.Timestamping.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSeveralHaveKeysAndOneIsExpected_TakesThatOne()
    {
        using var identity = await Source(TwoKeys(), expected: Signer.Fingerprint.ToUpperInvariant()).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyIsElliptic_IsSgn5007()
    {
        using var elliptic = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { KeyKind = TestKeyKind.Ecdsa });

        var diagnostic = await Acquisition.FailAsync(Source(elliptic.ExportPfx()));

        Assert.AreEqual("SGN5007", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "elliptic-curve");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPfxIsTruncated_SaysSo()
    {
        var diagnostic = await Acquisition.FailAsync(Source(Signer.ExportPfx()[..500]));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "check that the file is complete");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyPathIsSetToo_IsSgn1002()
    {
        var source = new FileIdentitySource(new CertificateSettings { Path = Write("a.pfx", Signer.ExportPfx()), KeyPath = _directory["key.pem"] });

        var diagnostic = await Acquisition.FailAsync(source);

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual("SignBuildCertificateKeyPath", diagnostic.File);
    }

    [TestMethod]
    [DataRow("-legacy")]
    [DataRow("-keypbe NONE -certpbe NONE -nomac")]
    [DataRow("-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1")]
    public async Task AcquireAsync_WhenOpenSslMadeThePfx_ReadsIt(string options)
    {
        if (!OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("OpenSSL 3 is not installed.");
        }

        await File.WriteAllTextAsync(_directory["all.pem"], Signer.ExportChainPem() + Signer.ExportKeyPem());
        var made = await OpenSsl.RunAsync(["pkcs12", "-export", .. options.Split(' '), "-in", _directory["all.pem"], "-out", _directory["a.pfx"], "-passout", "pass:secret"]);
        if (!made.Succeeded)
        {
            Assert.Inconclusive("This OpenSSL does not make such a file: " + made.Output);
        }

        using var identity = await Source(await File.ReadAllBytesAsync(_directory["a.pfx"]), password: "secret").AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        Assert.HasCount(2, identity.AdditionalCertificates);
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] TwoKeys() =>
        new X509Certificate2Collection { Signer.Certificate, TestPki.Shared.Timestamping.Certificate }.Export(X509ContentType.Pkcs12)!;

    private FileIdentitySource Source(
        byte[] content, string name = "signer.pfx", string? password = null, string? variable = null, string? passwordFile = null, string? expected = null) =>
        new(new CertificateSettings
        {
            Path = Write(name, content),
            PasswordVariable = variable ?? (password is null ? Acquisition.UnsetVariable() : Acquisition.SetVariable(password)),
            PasswordFile = passwordFile,
            ExpectedFingerprint = expected,
        });

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_directory[name], content);
        return _directory[name];
    }
}
