using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The CI files, of this project and those that users copy. They cannot run here, so at least their form is checked.</summary>
[TestClass]
public sealed class WorkflowTests
{
    private static readonly string[] Known = ["name", "on", "permissions", "concurrency", "env", "jobs"];

    public static IEnumerable<object[]> YamlFiles() =>
        Files().Select(path => new object[] { Path.GetRelativePath(Repository.Root, path) });

    public static IEnumerable<object[]> GitHubWorkflows() =>
        Files()
            .Where(path => path.Contains(Path.Combine(".github", "workflows"), StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("github-", StringComparison.Ordinal))
            .Select(path => new object[] { Path.GetRelativePath(Repository.Root, path) });

    [TestMethod]
    [DynamicData(nameof(YamlFiles))]
    public void Parse_WhenFileIsYaml_IsOneMapping(string file)
    {
        var documents = Load(file);

        Assert.AreEqual(1, documents.Count);
        Assert.IsInstanceOfType<YamlMappingNode>(documents[0].RootNode);
    }

    // A missing "permissions" gives every job all that the repository gives, which may be writing.
    [TestMethod]
    [DynamicData(nameof(GitHubWorkflows))]
    public void Parse_WhenFileIsWorkflow_HasKnownKeysAndNoPermissionsByDefault(string file)
    {
        var root = (YamlMappingNode)Load(file)[0].RootNode;

        var keys = root.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).ToList();
        CollectionAssert.IsSubsetOf(keys, Known);
        Assert.AreEqual("{}", root["permissions"] is YamlMappingNode { Children.Count: 0 } ? "{}" : root["permissions"].ToString());
        foreach (var (name, job) in ((YamlMappingNode)root["jobs"]).Children)
        {
            Assert.IsTrue(((YamlMappingNode)job).Children.ContainsKey("permissions"), $"job '{name}' says nothing of its permissions");
        }
    }

    private static IList<YamlDocument> Load(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, file));
        try
        {
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            Assert.Fail($"{file}, line {exception.Start.Line}: {exception.Message}");
        }

        return stream.Documents;
    }

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*.yml", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs", "ci"), "*.yml"));
}
