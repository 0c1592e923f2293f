namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class SymbolPackageTests : PackageTest
{
    [TestMethod]
    [DataRow("snupkg", "Lib.1.2.3.snupkg", false)]
    [DataRow("snupkg", "Lib.1.2.3.snupkg", true)]
    [DataRow("symbols.nupkg", "Lib.1.2.3.symbols.nupkg", false)]
    [DataRow("symbols.nupkg", "Lib.1.2.3.symbols.nupkg", true)]
    public async Task Pack_WhenThereAreSymbols_TheyAreSignedOnlyOnRequest(string format, string symbols, bool sign)
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode + $"""
            <PropertyGroup>
              <IncludeSymbols>true</IncludeSymbols>
              <SymbolPackageFormat>{format}</SymbolPackageFormat>
              <SignBuildSymbolPackages>{sign}</SignBuildSymbolPackages>
            </PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        var expected = sign ? SignedPackage.ByAuthor("Lib 1.2.3", DevelopmentFingerprint) : SignedPackage.NotSigned("Lib 1.2.3");
        Assert.AreEqual(expected, await SignedPackage.ReadAsync(Path.Combine(project.PackageFolder, symbols), Cancellation));
    }
}
