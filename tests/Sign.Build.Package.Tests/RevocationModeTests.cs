namespace Sign.Build.Package.Tests;

/// <summary>A machine that is set up for NuGet behaves alike here: its variable is the default of <c>SignBuildRevocationMode</c>.</summary>
[TestClass]
public sealed class RevocationModeTests : PackageTest
{
    // The certificates name no server that could be asked, which is worth a warning only to those who want to ask.
    [TestMethod]
    [DataRow(null, "", "SGN5012")]
    [DataRow("offline", "", "")]
    [DataRow("offline", "Online", "SGN5012")]
    public async Task Pack_WhenNuGetsVariableIs_RevocationIsCheckedLikeThat(string? variable, string property, string warnings)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        Workspace.Environment["NUGET_CERT_REVOCATION_MODE"] = variable;
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await project.PackAsync(Cancellation, "-p:SignBuildRevocationMode=" + property);

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.AreEqual(warnings, string.Join(' ', result.Warnings.Split(' ').Distinct()));
    }
}
