using System.Text.RegularExpressions;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>No page names a property, an item or a target that does not exist.</summary>
[TestClass]
public sealed partial class NameTests
{
    [TestMethod]
    public void Name_InAnyPage_IsInTheTargets()
    {
        var known = Name().Matches(Repository.Read("build/Sign.Build.targets")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var pages = Repository.MarkdownFiles
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.yml", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.*proj", SearchOption.AllDirectories));

        var unknown = pages.SelectMany(path => Name().Matches(File.ReadAllText(path))
            .Where(match => !known.Contains(match.Value))
            .Select(match => $"{Path.GetRelativePath(Repository.Root, path)}: {match.Value}"));

        Assert.AreEqual("", string.Join('\n', unknown));
    }

    [GeneratedRegex(@"\bSignBuild[A-Z]\w+")]
    private static partial Regex Name();
}
