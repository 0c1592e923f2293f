using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderChoiceTests
{
    [TestMethod]
    [DataRow("required", SigningMode.Required)]
    [DataRow(" OFF ", SigningMode.Off)]
    [DataRow("", SigningMode.Auto)]
    public void Read_WhenEnumerationIsWrittenInAnyCase_GivesItsValue(string value, SigningMode expected)
    {
        Assert.AreEqual(expected, Read.With(("SignBuildMode", value)).Mode);
    }

    [TestMethod]
    [DataRow("SignBuildMode", "Requird", "Auto, Required, Development or Off")]
    [DataRow("SignBuildMode", "1", "Auto, Required, Development or Off")]
    [DataRow("SignBuildPolicy", "NuGetOrg,Private", "NuGetOrg or Private")]
    [DataRow("SignBuildVerify", "yes", "true or false")]
    [DataRow("SignBuildHashAlgorithm", "SHA1", "SHA256, SHA384 or SHA512")]
    [DataRow("SignBuildMaxParallelism", "0", "a whole number from 1 to 256")]
    [DataRow("SignBuildTimestampTimeout", "10s", "a whole number from 1 to 600")]
    [DataRow("SignBuildTimestampDeadline", "0", "a whole number from 1 to 3600")]
    [DataRow("SignBuildTimestampDeadline", "5m", "a whole number from 1 to 3600")]
    [DataRow("SignBuildTimestampUrl", "timestamp.example", "an absolute URL with http or https and without user name or password")]
    [DataRow("SignBuildServiceIndexUrl", "http://feed.example/index.json", "an absolute URL with https and without user name or password")]
    public void Read_WhenValueIsNotAllowed_NamesPropertyValueAndChoices(string property, string value, string choices)
    {
        var diagnostic = Read.FailureWith((property, value));

        Assert.AreEqual(new Diagnostic("SGN1002", DiagnosticLevel.Error, $"Set {property} to {choices}. It is '{value}'.", property), diagnostic);
    }
}
