namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class TransitiveReferenceTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenSignBuildComesThroughAnotherProject_DoesNothingAndSaysNothing()
    {
        // Without PrivateAssets the package's build files flow on.
        Workspace.AddPlainProject("Inner", $"""
            <ItemGroup><PackageReference Include="Sign.Build" Version="{Workspace.SignBuild.Version}" /></ItemGroup>
            """);
        var outer = Workspace.AddPlainProject("Outer", """
            <ItemGroup><ProjectReference Include="../Inner/Inner.csproj" /></ItemGroup>
            """);

        var result = await outer.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.NotSigned("Outer 1.2.3"), await SignedPackage.ReadAsync(outer.PackagePath, Cancellation));
        Assert.DoesNotContain("SGN", result.Output);
    }
}
