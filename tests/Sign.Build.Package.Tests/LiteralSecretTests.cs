namespace Sign.Build.Package.Tests;

/// <summary>A secret in a property is in every log already: the build says what to use instead, and does not repeat it.</summary>
[TestClass]
public sealed class LiteralSecretTests : PackageTest
{
    [TestMethod]
    [DataRow("SignBuildCertificatePassword", "SignBuildCertificatePasswordVariable")]
    [DataRow("SignBuildPkcs11Pin", "SignBuildPkcs11PinVariable")]
    [DataRow("SignBuildAzureClientSecret", "AZURE_CLIENT_SECRET")]
    public async Task Pack_WhenASecretIsAProperty_NamesWhatToUseInstead(string property, string instead)
    {
        var project = Workspace.AddProject("Lib");

        var result = await project.PackAsync(Cancellation, $"-p:{property}=literal-secret");

        Assert.AreEqual((1, "SGN1005", ""), (result.ExitCode, result.Errors, project.PackageFolderContent), result.ToString());
        var error = result.Diagnostics.Single();
        Assert.AreEqual(property, error.File);
        Assert.Contains(instead, error.Text);
        Assert.DoesNotContain("literal-secret", error.Text);
    }
}
