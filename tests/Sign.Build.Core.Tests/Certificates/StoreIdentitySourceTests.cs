using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class StoreIdentitySourceTests
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;
    private static readonly RSA Key = Signer.Certificate.GetRSAPrivateKey()!;
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task AcquireAsync_WhenFingerprintMatches_GivesThatCertificate(string algorithm)
    {
        var fingerprint = Fingerprint.Compute(Signer.Certificate, new HashAlgorithmName(algorithm)).ToUpperInvariant().Insert(2, ":");

        using var identity = await Source(new() { Fingerprint = fingerprint }, Signer, TestPki.Shared.Timestamping).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenNoCertificateHasTheFingerprint_IsSgn2001()
    {
        var diagnostic = await Acquisition.FailAsync(Source(new() { Fingerprint = new string('a', 64) }, Signer));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "none of 1 certificates has the fingerprint " + new string('a', 64));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFingerprintIsSha1_PrintsTheSha256ToUse()
    {
        var diagnostic = await Acquisition.FailAsync(Source(new() { Fingerprint = Signer.Certificate.Thumbprint }, Signer));

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual("SignBuildCertificateFingerprint", diagnostic.File);
        StringAssert.Contains(diagnostic.Message, Signer.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFingerprintIsUnknownSha1_AsksForSha256()
    {
        var diagnostic = await Acquisition.FailAsync(Source(new() { Fingerprint = new string('a', 40) }, Signer));

        Assert.AreEqual("SGN1002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "SHA-1 is not accepted");
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("abcd")]
    public async Task AcquireAsync_WhenValueIsNoFingerprint_IsSgn1002(string value)
    {
        Assert.AreEqual("SGN1002", (await Acquisition.FailAsync(Source(new() { Fingerprint = value }, Signer))).Code);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFingerprintIsOfAnExpiredCertificate_LeavesTheJudgementToTheChecks()
    {
        using var expired = Issue("CN=Old", -20, -10);

        using var identity = await Source(new() { Fingerprint = expired.Fingerprint }, expired).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(expired.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    [DataRow("Contoso Signing")]
    [DataRow("CN=Contoso Signing, O=\"Contoso, Inc.\", C=DE")]
    [DataRow("cn=Contoso Signing,o=\"Contoso, Inc.\",c=DE")]
    public async Task AcquireAsync_WhenSubjectMatches_GivesThatCertificate(string subject)
    {
        using var named = Issue("CN=Contoso Signing, O=\"Contoso, Inc.\", C=DE", -1, 10);

        using var identity = await Source(new() { Subject = subject }, Signer, named).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(named.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    [DataRow("Contoso")]
    [DataRow("contoso signing")]
    [DataRow("CN=Contoso Signing")]
    [DataRow("O=\"Contoso, Inc.\"")]
    [DataRow("=")]
    public async Task AcquireAsync_WhenSubjectIsOnlyAPart_IsSgn2001(string subject)
    {
        using var named = Issue("CN=Contoso Signing, O=\"Contoso, Inc.\", C=DE", -1, 10);

        var diagnostic = await Acquisition.FailAsync(Source(new() { Subject = subject }, named));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"has the subject '{subject}'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSeveralHaveTheSubject_TakesTheValidOneThatExpiresLast()
    {
        using var expired = Issue("CN=Same", -20, -10);
        using var current = Issue("CN=Same", -10, 10);
        using var renewed = Issue("CN=Same", -1, 20);
        using var future = Issue("CN=Same", 5, 30);

        using var identity = await Source(new() { Subject = "Same" }, expired, renewed, future, current).AcquireAsync(CancellationToken.None);

        Assert.AreEqual(renewed.Fingerprint, identity.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTwoExpireTogether_ListsThem()
    {
        using var first = Issue("CN=Same", -10, 10);
        using var second = Issue("CN=Same", -10, 10);

        var diagnostic = await Acquisition.FailAsync(Source(new() { Subject = "Same" }, first, second));

        Assert.AreEqual("SGN2004", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, first.Fingerprint);
        StringAssert.Contains(diagnostic.Message, second.Fingerprint);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenEveryMatchHasExpired_SaysWhen()
    {
        using var expired = Issue("CN=Old", -20, -10);

        var diagnostic = await Acquisition.FailAsync(Source(new() { Subject = "Old" }, expired));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"has expired, the last one on {Now.AddDays(-10):yyyy-MM-dd}");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSubjectIsOfAnotherFingerprint_SaysBoth()
    {
        var diagnostic = await Acquisition.FailAsync(Source(new() { Fingerprint = Signer.Fingerprint, Subject = "Contoso" }, Signer));

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"is '{Signer.Certificate.Subject}', not 'Contoso'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenThereIsNoKey_IsSgn2003()
    {
        var source = new StoreIdentitySource(
            new() { Fingerprint = Signer.Fingerprint }, TimeProvider.System, () => [X509CertificateLoader.LoadCertificate(Signer.ExportDer())]);

        Assert.AreEqual("SGN2003", (await Acquisition.FailAsync(source)).Code);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenStoreDoesNotExist_IsSgn2001()
    {
        var source = new StoreIdentitySource(
            new() { Subject = "x", StoreName = "SignBuildTests" + Guid.NewGuid().ToString("N") }, TimeProvider.System);

        var diagnostic = await Acquisition.FailAsync(source);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "the store cannot be opened");
    }

    private static StoreIdentitySource Source(CertificateSettings settings, params TestCertificate[] certificates) =>
        new(settings, TimeProvider.System, () => [.. certificates.Select(certificate => new X509Certificate2(certificate.Certificate))]);

    private static TestCertificate Issue(string subject, int fromDay, int toDay) => TestPki.Shared.Root.Issue(new TestCertificateOptions
    {
        Subject = subject,
        NotBefore = Now.AddDays(fromDay),
        NotAfter = Now.AddDays(toDay),
        Key = Key,
    });
}
