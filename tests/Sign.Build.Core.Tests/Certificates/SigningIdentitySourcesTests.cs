using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class SigningIdentitySourcesTests
{
    [TestMethod]
    public void Select_WhenNothingIsSet_GivesNull()
    {
        Assert.IsNull(SigningIdentitySources.Select(new CertificateSettings(), TimeProvider.System));
    }

    [TestMethod]
    public void Select_WhenVariableIsEmpty_GivesNull()
    {
        Assert.IsNull(SigningIdentitySources.Select(new CertificateSettings { Variable = Acquisition.UnsetVariable() }, TimeProvider.System));
    }

    [TestMethod]
    public void Select_WhenPathIsSet_GivesTheFile()
    {
        var source = SigningIdentitySources.Select(new CertificateSettings { Path = "/x/y.pfx" }, TimeProvider.System);

        Assert.AreEqual("file '/x/y.pfx'", source!.Description);
    }

    [TestMethod]
    public void Select_WhenVariableIsSet_GivesTheVariable()
    {
        var variable = Acquisition.SetVariable("AAAA");

        var source = SigningIdentitySources.Select(new CertificateSettings { Variable = variable }, TimeProvider.System);

        Assert.AreEqual($"environment variable '{variable}'", source!.Description);
    }

    [TestMethod]
    public void Select_WhenFingerprintAndSubjectAreSet_GivesOneStore()
    {
        var source = SigningIdentitySources.Select(new CertificateSettings { Fingerprint = new string('a', 64), Subject = "x" }, TimeProvider.System);

        Assert.AreEqual("certificate store CurrentUser/My", source!.Description);
    }

    [TestMethod]
    public void Select_WhenTwoSourcesAreSet_ListsTheirProperties()
    {
        var diagnostic = Fail(new() { Path = "/x/y.pfx", Variable = Acquisition.UnsetVariable(), Subject = "x" });

        Assert.AreEqual("SGN1003", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "SignBuildCertificatePath, SignBuildCertificateVariable, SignBuildCertificateSubject");
    }

    [TestMethod]
    public void Select_WhenKeyOfTokenAndKeyFileAreSet_IsSgn1003()
    {
        Assert.AreEqual("SGN1003", Fail(new() { Path = "/x/y.pem", KeyPath = "/x/key.pem", Pkcs11Key = "pkcs11:object=a" }).Code);
    }

    [TestMethod]
    public void Select_WhenKeyOfTokenHasNoCertificate_AsksForIt()
    {
        AssertMissing("SignBuildCertificatePath", new() { Pkcs11Key = "pkcs11:object=a" });
    }

    [TestMethod]
    public void Select_WhenKeyFileHasNoCertificate_AsksForIt()
    {
        AssertMissing("SignBuildCertificatePath", new() { KeyPath = "/x/key.pem" });
    }

    [TestMethod]
    public void Select_WhenVaultHasNoCertificateName_AsksForIt()
    {
        AssertMissing("SignBuildKeyVaultCertificate", new() { KeyVaultUrl = new Uri("https://x.vault.azure.net") });
    }

    [TestMethod]
    public void Select_WhenVaultCertificateHasNoVault_AsksForIt()
    {
        AssertMissing("SignBuildKeyVaultUrl", new() { KeyVaultCertificate = "x" });
    }

    [TestMethod]
    public void Select_WhenExpectedFingerprintIsNone_IsSgn1002()
    {
        var diagnostic = Fail(new() { Path = "/x/y.pfx", ExpectedFingerprint = "nonsense" });

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual("SignBuildExpectedFingerprint", diagnostic.File);
    }

    private static void AssertMissing(string property, CertificateSettings settings)
    {
        var diagnostic = Fail(settings);

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.AreEqual(property, diagnostic.File);
    }

    private static Diagnostic Fail(CertificateSettings settings) =>
        Assert.ThrowsExactly<SignBuildException>(() => SigningIdentitySources.Select(settings, TimeProvider.System)).Diagnostic;
}
