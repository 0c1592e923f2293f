using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class PackedPackagesTests
{
    [TestMethod]
    [DataRow("$version$")]
    [DataRow("one")]
    public void Find_WhenTheNuspecHasNoVersionThatCanBeRead_GivesTheAnnouncedName(string version)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["A.nuspec"], $"""
            <package><metadata><id>A</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>
            """);

        var found = PackedPackages.Find([directory["A.1.0.0.nupkg"]], includeSymbols: false, "A", directory["A.nuspec"], "");

        CollectionAssert.AreEqual(new[] { directory["A.1.0.0.nupkg"] }, found.ToArray());
    }
}
