using System.Text;
using System.Text.RegularExpressions;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>Links between the files of the repository lead somewhere.</summary>
[TestClass]
public sealed partial class LinkTests
{
    // The README is also shown by nuget.org, which follows no relative link.
    private const string Online = "https://github.com/sign-build/sign-build/blob/main/";

    [TestMethod]
    public void Link_InTheReadme_WorksWhereverItIsShown()
    {
        var relative = Link().Matches(WithoutCode(Repository.Read("README.md"))).Select(match => match.Groups["target"].Value)
            .Where(target => !target.StartsWith('#') && !Uri.TryCreate(target, UriKind.Absolute, out _));

        Assert.AreEqual("", string.Join('\n', relative));
    }

    [TestMethod]
    public void Link_ToAFileOfTheRepository_Exists()
    {
        var broken = new List<string>();
        foreach (var file in Repository.MarkdownFiles)
        {
            foreach (var target in Link().Matches(WithoutCode(File.ReadAllText(file))).Select(match => match.Groups["target"].Value))
            {
                var isOnline = target.StartsWith(Online, StringComparison.Ordinal);
                if (isOnline
                    ? !IsThere(Path.Combine(Repository.Root, "README.md"), target[Online.Length..])
                    : !Uri.TryCreate(target, UriKind.Absolute, out _) && !IsThere(file, target))
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, file)}: {target}");
                }
            }
        }

        Assert.AreEqual("", string.Join('\n', broken));
    }

    private static bool IsThere(string file, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? file : Path.GetFullPath(parts[0], Path.GetDirectoryName(file)!);
        return parts.Length == 1
            ? File.Exists(path) || Directory.Exists(path)
            : File.Exists(path) && Anchors(File.ReadAllText(path)).Contains(parts[1], StringComparer.Ordinal);
    }

    // As GitHub makes them: lower case, punctuation dropped, spaces as hyphens.
    private static IEnumerable<string> Anchors(string markdown)
    {
        foreach (var heading in Heading().Matches(markdown).Select(match => match.Groups["text"].Value))
        {
            var anchor = new StringBuilder();
            foreach (var character in heading.Trim().ToLowerInvariant())
            {
                anchor.Append(character == ' ' ? "-" : char.IsLetterOrDigit(character) || character is '-' or '_' ? character.ToString() : "");
            }

            yield return anchor.ToString();
        }
    }

    private static string WithoutCode(string markdown) => Code().Replace(markdown, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
