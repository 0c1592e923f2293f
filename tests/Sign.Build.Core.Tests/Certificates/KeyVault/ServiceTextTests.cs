using Sign.Build.Core.Certificates.KeyVault;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class ServiceTextTests
{
    [TestMethod]
    [DataRow("one\r\ntwo", "one")]
    [DataRow("\n  one  \ntwo", "one")]
    [DataRow(null, "")]
    [DataRow("got eyJ0eXAi.eyJhdWQi.c2ln from you", "got *** from you")]
    [DataRow("eyJ0eXAi.eyJhdWQi.c2ln", "***")]
    [DataRow("tab\tand\u001b[31m", "tab?and?[31m")]
    public void FirstLine_WhenTextIsForeign_GivesOneLineWithoutToken(string? text, string expected) =>
        Assert.AreEqual(expected, ServiceText.FirstLine(text));

    [TestMethod]
    public void FirstLine_WhenTextIsLong_CutsIt() => Assert.AreEqual(303, ServiceText.FirstLine(new string('x', 5000)).Length);

    [TestMethod]
    public void OfSignIn_WhenProviderHasACode_StartsThere() =>
        Assert.AreEqual("AADSTS700016: Not found.", ServiceText.OfSignIn("A long story. Original exception: AADSTS700016: Not found.\r\nTrace ID: 1"));
}
