namespace Sign.Build.Core.Tests.Documentation;

/// <summary>Parts of the README.</summary>
internal static class Readme
{
    /// <summary>What stands under a heading of the second level.</summary>
    public static string Section(string heading) => Repository.Read("README.md").Split($"\n## {heading}\n")[1].Split("\n## ")[0];
}
