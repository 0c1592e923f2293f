namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class NotPackableTests : PackageTest
{
    [TestMethod]
    [DataRow("Development")]
    [DataRow("Required")]
    public async Task Pack_WhenTheProjectIsNotPackable_DoesNothing(string mode)
    {
        var project = Workspace.AddProject("Lib", $"""
            <PropertyGroup>
              <IsPackable>false</IsPackable>
              <SignBuildMode>{mode}</SignBuildMode>
            </PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
        Assert.AreEqual("", project.PackageFolderContent);
    }
}
