namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderSecretTests
{
    [TestMethod]
    public void Read_WhenUrlHoldsPassword_RefusesItWithoutRepeatingIt()
    {
        var diagnostic = Read.FailureWith(("SignBuildTimestampUrl", "https://user:hunter2@tsa.example/"));

        Assert.AreEqual("SGN1002", diagnostic.Code);
        Assert.DoesNotContain("hunter2", diagnostic.Message);
    }
}
