using Sign.Build.Core.Certificates.Pkcs11;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

[TestClass]
public sealed class Pkcs11UriTests
{
    [TestMethod]
    public void Parse_WhenUriHasAQuery_TakesTheDriverOutOfIt()
    {
        var uri = Pkcs11Uri.Parse("PKCS11:token=a%20b;object=c;type=private?module-path=/usr/lib/x%2B.so", "PIN");

        Assert.AreEqual("pkcs11:token=a%20b;object=c;type=private", uri.Key);
        Assert.AreEqual("pkcs11:token=a%20b", uri.Token);
        Assert.AreEqual("/usr/lib/x+.so", uri.ModulePath);
    }

    [TestMethod]
    [DataRow("pkcs11:token=a?pin-value=4711x")]
    [DataRow("pkcs11:token=a;pin-value=4711x")]
    [DataRow("pkcs11:token=a?module-path=/x&PIN-VALUE=4711x")]
    [DataRow("pkcs11:token=a?pin%2Dvalue=4711x")]
    [DataRow("token=a&pin-value=4711x")]
    public void Parse_WhenUriHoldsAPin_IsSgn1005WithoutIt(string text)
    {
        var diagnostic = Assert.ThrowsExactly<SignBuildException>(() => Pkcs11Uri.Parse(text, "MY_PIN")).Diagnostic;

        Assert.AreEqual("SGN1005", diagnostic.Code);
        Assert.AreEqual("SignBuildPkcs11Key", diagnostic.File);
        StringAssert.Contains(diagnostic.Message, "'MY_PIN'");
        Assert.IsFalse(diagnostic.Message.Contains("4711x", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("token=a", "RFC 7512")]
    [DataRow("pkcs11:token", "'token' has none")]
    [DataRow("pkcs11:token=a?pin-source=file:/x", "without pin-source")]
    [DataRow("pkcs11:token=a;pin-source=file:/x", "without pin-source")]
    [DataRow("pkcs11:token=a?module-name=x", "without the query attribute module-name")]
    [DataRow("pkcs11:token=a?module-path", "file of the token's driver")]
    public void Parse_WhenTextIsNoUsableUri_IsSgn1002(string text, string expected)
    {
        var diagnostic = Assert.ThrowsExactly<SignBuildException>(() => Pkcs11Uri.Parse(text, "PIN")).Diagnostic;

        Assert.AreEqual("SGN1002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, expected);
    }
}
