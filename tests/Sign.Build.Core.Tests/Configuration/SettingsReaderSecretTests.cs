namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderSecretTests
{
    [TestMethod]
    [DataRow("https://user:hunter2@tsa.example/")]
    [DataRow("https://user:a@hunter2@tsa.example/")]
    public void Read_WhenUrlHoldsPassword_RefusesItWithoutRepeatingIt(string url)
    {
        var diagnostic = Read.FailureWith(("SignBuildTimestampUrl", url));

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.DoesNotContain("hunter2", diagnostic.Message);
    }

    [TestMethod]
    [DataRow("SignBuildCertificatePasswordVariable")]
    [DataRow("SignBuildCertificateVariable")]
    [DataRow("SignBuildPkcs11PinVariable")]
    public void Read_WhenASecretStandsForItsVariable_RefusesItWithoutRepeatingIt(string property)
    {
        var diagnostic = Read.FailureWith((property, "hunter2+/="));

        Assert.AreEqual(("SGN1002", property), (diagnostic.Code, diagnostic.File));
        Assert.DoesNotContain("hunter2", diagnostic.Message);
    }
}
