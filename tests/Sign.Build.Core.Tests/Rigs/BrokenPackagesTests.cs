using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Rigs;

[TestClass]
public sealed class BrokenPackagesTests
{
    public static IEnumerable<object[]> Names => BrokenPackages.All.Select(package => new object[] { package.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task JudgeAsync_WhenPackageIsBroken_NuGetSaysWhatIsMeant(string name)
    {
        using var directory = new TemporaryDirectory();
        var package = BrokenPackages.Get(name);
        await File.WriteAllBytesAsync(directory["package.nupkg"], package.Create());

        var verdict = await NuGetOracle.JudgeAsync(directory["package.nupkg"]);

        if (package.NuGet.Length == 0)
        {
            Assert.IsTrue(verdict.ClientAccepts, verdict.ToString());
        }
        else
        {
            CollectionAssert.Contains(verdict.ClientErrors.ToArray(), package.NuGet, verdict.ToString());
        }
    }
}
