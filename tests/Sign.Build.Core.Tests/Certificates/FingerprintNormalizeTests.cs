using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class FingerprintNormalizeTests
{
    [TestMethod]
    [DataRow("AB CD:ef", "abcdef")]
    [DataRow("\u200eAb-12", "ab12")]
    public void Normalize_WhenTextHasSeparators_GivesLowerCaseDigits(string text, string expected)
    {
        Assert.AreEqual(expected, Fingerprint.Normalize(text));
    }

    [TestMethod]
    [DataRow("xyz")]
    [DataRow("/home/a/b.cer")]
    [DataRow("  ")]
    public void Normalize_WhenTextIsNoHex_GivesNull(string text)
    {
        Assert.IsNull(Fingerprint.Normalize(text));
    }
}
