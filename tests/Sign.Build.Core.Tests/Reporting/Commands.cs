using System.Text;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>What a CI system obeys when somebody prints a file into its log.</summary>
internal static class Commands
{
    public static void AssertNone(byte[] file)
    {
        var text = Encoding.UTF8.GetString(file);
        Assert.DoesNotContain("##vso[", text);
        Assert.DoesNotContain("##[", text);
        foreach (var line in text.Split('\n'))
        {
            Assert.IsFalse(line.TrimStart().StartsWith("::", StringComparison.Ordinal), line);
            Assert.IsFalse(line.Any(character => char.IsControl(character) || character is >= '\u200b' and <= '\u202e'), line);
        }
    }
}
