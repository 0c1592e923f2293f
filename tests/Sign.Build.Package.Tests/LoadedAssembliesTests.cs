using System.Runtime.InteropServices;

namespace Sign.Build.Package.Tests;

/// <summary>What a build loads out of the task folder, as MSBuild itself logs it.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class LoadedAssembliesTests : PackageTest
{
    private const string Own = "Sign.Build.Core Sign.Build.Tasks";
    private const string OwnAndAzure = "Azure.Core Microsoft.Identity.Client Microsoft.IdentityModel.Abstractions Sign.Build.Core Sign.Build.Tasks System.ClientModel System.Memory.Data";

    [TestMethod]
    public async Task Pack_WhenCertificateIsAFile_LoadsNothingOfAzure()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = (await project.PackAsync(Cancellation)).EnsureClean();

        Assert.AreEqual(Own, LoadedFromTaskFolder(result));
    }

    [TestMethod]
    public async Task Pack_WhenKeyIsInAVault_LoadsEverythingThatIsShipped()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url));

        var result = (await project.PackAsync(Cancellation)).EnsureClean();

        Assert.AreEqual(OwnAndAzure, LoadedFromTaskFolder(result));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Pack_WhenPlatformHasACompiledCopy_LoadsThatOne()
    {
        if (RuntimeInformation.RuntimeIdentifier != AheadOfTimeTests.Runtime)
        {
            Assert.Inconclusive($"No copy is compiled for {RuntimeInformation.RuntimeIdentifier}.");
        }

        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = (await project.PackAsync(Cancellation)).EnsureClean();

        var core = result.Messages.Single(message => message.StartsWith("Assembly loaded", StringComparison.Ordinal) && message.Contains("Sign.Build.Core,", StringComparison.Ordinal));
        Assert.Contains("/tasks/net10.0/" + AheadOfTimeTests.CorePath, core);
    }

    private static string LoadedFromTaskFolder(BuildResult result)
    {
        var folder = Path.Combine("tasks", "net10.0") + Path.DirectorySeparatorChar;
        return string.Join(' ', result.Messages
            .Where(message => message.StartsWith("Assembly loaded", StringComparison.Ordinal) && message.Contains(folder, StringComparison.Ordinal))
            .Select(message => message[..message.IndexOf(',', StringComparison.Ordinal)].Split(' ')[^1])
            .Distinct().Order(StringComparer.Ordinal));
    }
}
