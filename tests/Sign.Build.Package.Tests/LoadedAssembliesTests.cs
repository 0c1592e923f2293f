using System.Runtime.InteropServices;

namespace Sign.Build.Package.Tests;

/// <summary>
/// What a build loads out of the task folder, as MSBuild itself logs it. It does so while a task runs only, so these builds sign a
/// package that is there: nothing runs beside Pack then.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class LoadedAssembliesTests : PackageTest
{
    private const string Own = "Sign.Build.Core Sign.Build.Tasks";
    private const string OwnAndAzure = "Azure.Core Microsoft.Identity.Client Microsoft.IdentityModel.Abstractions Sign.Build.Core Sign.Build.Tasks System.ClientModel System.Memory.Data";

    [TestMethod]
    public async Task Sign_WhenCertificateIsAFile_LoadsNothingOfAzure()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();

        var result = await SignAsync(TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        Assert.AreEqual(Own, LoadedFromTaskFolder(result));
    }

    [TestMethod]
    public async Task Sign_WhenKeyIsInAVault_LoadsEverythingThatIsShipped()
    {
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();

        var result = await SignAsync(VaultProject.With(Workspace, vault, timestamps.Url));

        Assert.AreEqual(OwnAndAzure, LoadedFromTaskFolder(result));
    }

    [TestMethod]
    public async Task Sign_WhenPlatformHasACompiledCopy_LoadsThatOne()
    {
        if (RuntimeInformation.RuntimeIdentifier != AheadOfTimeTests.Runtime)
        {
            Assert.Inconclusive($"No copy is compiled for {RuntimeInformation.RuntimeIdentifier}.");
        }

        await using var timestamps = await TestTimestampServer.StartAsync();

        var result = await SignAsync(TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var core = result.Messages.Single(message => message.StartsWith("Assembly loaded", StringComparison.Ordinal) && message.Contains("Sign.Build.Core,", StringComparison.Ordinal));
        Assert.Contains("/tasks/net10.0/" + AheadOfTimeTests.CorePath, core);
    }

    private async Task<BuildResult> SignAsync(string settings)
    {
        var project = Workspace.AddProject("Lib", settings + """<ItemGroup><SignBuildPackage Include="ready/*.nupkg" /></ItemGroup>""");
        var package = TestPackages.CreateUnsigned(Directory.CreateDirectory(Path.Combine(project.Folder, "ready")).FullName, "Ready");

        var result = (await Workspace.DotNetAsync(project.Folder, Cancellation, "msbuild", project.Path, "-restore", "-t:SignBuildSignPackages")).EnsureClean();

        Assert.AreEqual(SignedPackage.ByAuthor("Ready 1.0.0", TestPki.Shared.CodeSigning.Fingerprint), await SignedPackage.ReadAsync(package, Cancellation));
        return result;
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
