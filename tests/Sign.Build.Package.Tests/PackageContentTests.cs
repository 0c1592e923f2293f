using System.IO.Compression;
using NuGet.Packaging;

namespace Sign.Build.Package.Tests;

/// <summary>What is in the package is a list: whatever comes along by accident, an assembly of the SDK above all, turns this red.</summary>
[TestClass]
public sealed class PackageContentTests
{
    private static readonly string[] Expected =
    [
        "README.md",
        "build/Sign.Build.props",
        "build/Sign.Build.targets",
        "buildMultiTargeting/Sign.Build.props",
        "buildMultiTargeting/Sign.Build.targets",
        "buildTransitive/Sign.Build.props",
        "buildTransitive/Sign.Build.targets",
        "icon.png",
    ];

    private static readonly string[] ExpectedTasks =
    [
        "Azure.Core.dll",
        "Microsoft.Identity.Client.dll",
        "Microsoft.IdentityModel.Abstractions.dll",
        "Sign.Build.Core.dll",
        "Sign.Build.Tasks.deps.json",
        "Sign.Build.Tasks.dll",
        "System.ClientModel.dll",
        "System.Memory.Data.dll",
        "runtimes/linux-x64/lib/net10.0/Sign.Build.Core.dll",
    ];

    [TestMethod]
    public async Task Package_WhenPacked_HoldsWhatItShould()
    {
        await using var archive = await ZipFile.OpenReadAsync(PackedSignBuild.From(GetType().Assembly).PackagePath);
        var entries = archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("tasks/net10.0/", StringComparison.Ordinal) && !IsPartOfTheFormat(name))
            .Order(StringComparer.Ordinal);

        Assert.AreEqual(string.Join('\n', Expected), string.Join('\n', entries));
    }

    [TestMethod]
    public async Task Package_WhenPacked_HasOnlyAssembliesThatTheSdkHasNot()
    {
        var sdk = Directory.GetFiles(TestSdk.Directory).Select(Path.GetFileName).ToHashSet();
        await using var archive = await ZipFile.OpenReadAsync(PackedSignBuild.From(GetType().Assembly).PackagePath);
        var tasks = archive.Entries.Select(entry => entry.FullName)
            .Where(name => name.StartsWith("tasks/net10.0/", StringComparison.Ordinal))
            .Select(name => name["tasks/net10.0/".Length..])
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.AreEqual(string.Join('\n', ExpectedTasks), string.Join('\n', tasks));
        Assert.IsEmpty(tasks.Where(sdk.Contains));
    }

    [TestMethod]
    public void Nuspec_WhenPacked_HasNoDependenciesAndIsForDevelopmentOnly()
    {
        using var reader = new PackageArchiveReader(PackedSignBuild.From(GetType().Assembly).PackagePath);

        Assert.AreEqual("Sign.Build", reader.NuspecReader.GetId());
        Assert.IsTrue(reader.NuspecReader.GetDevelopmentDependency());
        Assert.IsEmpty(reader.NuspecReader.GetDependencyGroups().SelectMany(group => group.Packages));
    }

    private static bool IsPartOfTheFormat(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels" or "Sign.Build.nuspec" || name.StartsWith("package/services/metadata/", StringComparison.Ordinal);
}
