using System.Reflection;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The files of the repository that say something about the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(fact => fact.Key == "RepositoryRoot").Value!);

    /// <summary>The text of a file, with LF as line end.</summary>
    public static string Read(string relativePath) =>
        File.ReadAllText(Path.Combine(Root, relativePath)).ReplaceLineEndings("\n");

    /// <summary>Pages of diagnostics by code.</summary>
    public static IReadOnlyDictionary<string, string> DiagnosticPages { get; } =
        Directory.GetFiles(Path.Combine(Root, "docs", "diagnostics"), "SGN*.md")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => File.ReadAllText(path).ReplaceLineEndings("\n"));

    /// <summary>Absolute paths of every Markdown file that users read.</summary>
    public static IEnumerable<string> MarkdownFiles =>
        Directory.GetFiles(Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Root, "benchmarks"), "*.md"));
}
