namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class RebuiltPackageTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenTheSourceChanged_TheNewPackageIsSigned()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await project.PackAsync(Cancellation)).EnsureClean();
        var first = await SignedPackage.HashWithoutSignatureAsync(project.PackagePath, Cancellation);
        Workspace.Write("Lib/Greeting.cs", "namespace Lib { public static class Greeting { public const string Text = \"Hello\"; } }");

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
        Assert.AreNotEqual(first, await SignedPackage.HashWithoutSignatureAsync(project.PackagePath, Cancellation));
    }
}
