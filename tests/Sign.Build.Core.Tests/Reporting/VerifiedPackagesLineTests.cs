using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class VerifiedPackagesLineTests
{
    [TestMethod]
    public void Line_WhenTheFileNameIsHostile_IsOneLineWithoutControlCharacters()
    {
        foreach (var text in HostileTexts.All)
        {
            var line = VerifiedPackages.Line(Verifications.Package("x") with { Path = "/mirror/" + text.Replace('/', '_') });

            Assert.IsFalse(line.Any(character => char.IsControl(character) || character is >= '\u200b' and <= '\u202e'), line);
            StringAssert.EndsWith(line, " UTC by x");
        }
    }
}
