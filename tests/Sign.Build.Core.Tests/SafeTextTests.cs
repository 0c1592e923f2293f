namespace Sign.Build.Core.Tests;

[TestClass]
public sealed class SafeTextTests
{
    [TestMethod]
    [DataRow("plain Ünï ✓", "plain Ünï ✓")]
    [DataRow("a\r\nerror SGN1001: forged", "a??error SGN1001: forged")]
    [DataRow("\u001b[31mred\u202Eevil\u2028x", "?[31mred?evil?x")]
    [DataRow(null, "")]
    public void Line_WhenTextHasControlCharacters_ReplacesThem(string? text, string expected)
    {
        Assert.AreEqual(expected, SafeText.Line(text));
    }

    [TestMethod]
    public void Line_WhenTextIsLong_CutsIt()
    {
        Assert.AreEqual("aaaaa...", SafeText.Line(new string('a', 6), maximumLength: 5));
    }

    [TestMethod]
    public void Line_WhenSurrogateStandsAlone_ReplacesIt()
    {
        Assert.AreEqual("\ufffd", SafeText.Line("\ud800"));
    }

    [TestMethod]
    public void Line_WhenCutWouldSplitACharacter_CutsBeforeIt()
    {
        Assert.AreEqual("a...", SafeText.Line("a😀", maximumLength: 2));
    }
}
