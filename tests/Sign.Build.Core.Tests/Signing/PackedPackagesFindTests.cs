using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class PackedPackagesFindTests
{
    private const string Nuspec = "<package><metadata><id>$id$</id><version>9.9.9</version><authors>a</authors><description>d</description></metadata></package>";

    [TestMethod]
    public void Find_WhenANuspecNamesAnotherPackage_TakesTheFileThatPackWrote()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["Real.9.9.9.nupkg"], "");

        Assert.AreEqual(directory["Real.9.9.9.nupkg"], Find(directory));
    }

    [TestMethod]
    public void Find_WhenAnOldFileHasTheAnnouncedName_TakesTheNewerOne()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["Project.1.0.0.nupkg"], "");
        File.SetLastWriteTimeUtc(directory["Project.1.0.0.nupkg"], DateTime.UtcNow.AddDays(-1));
        File.WriteAllText(directory["Real.9.9.9.nupkg"], "");

        Assert.AreEqual(directory["Real.9.9.9.nupkg"], Find(directory));
    }

    [TestMethod]
    public void Find_WhenNothingWasWritten_GivesTheAnnouncedName()
    {
        using var directory = new TemporaryDirectory();

        Assert.AreEqual(directory["Project.1.0.0.nupkg"], Find(directory));
    }

    private static string Find(TemporaryDirectory directory)
    {
        File.WriteAllText(directory["a.nuspec"], Nuspec);
        return PackedPackages.Find([directory["Project.1.0.0.nupkg"]], includeSymbols: false, "Project", directory["a.nuspec"], "id=Real").Single();
    }
}
