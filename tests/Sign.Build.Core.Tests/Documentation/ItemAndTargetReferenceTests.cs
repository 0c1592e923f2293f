using System.Text.RegularExpressions;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The README lists the items and targets of build/Sign.Build.targets.</summary>
[TestClass]
public sealed partial class ItemAndTargetReferenceTests
{
    private static readonly string Targets = Repository.Read("build/Sign.Build.targets");

    [TestMethod]
    public void Targets_OfTheTable_AreThePublicOnes()
    {
        Assert.AreEqual(
            Lines(PublicTarget().Matches(Targets)),
            Lines(FirstCell().Matches(Readme.Section("Targets"))));
    }

    [TestMethod]
    public void Items_OfTheTable_AreThePublicOnes()
    {
        Assert.AreEqual(
            Lines(ItemUse().Matches(Targets)),
            Lines(FirstCell().Matches(Readme.Section("Items"))));
    }

    private static string Lines(IEnumerable<Match> matches) =>
        string.Join('\n', matches.Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("<Target Name=\"(?<name>SignBuild\\w+)\"")]
    private static partial Regex PublicTarget();

    [GeneratedRegex(@"@\((?<name>SignBuild\w+)\)")]
    private static partial Regex ItemUse();
}
