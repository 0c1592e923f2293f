namespace Sign.Build.Package.Tests;

/// <summary>A certificate's subject cannot give commands to the CI system that reads the log.</summary>
[TestClass]
public sealed class HostileSubjectTests : PackageTest
{
    [TestMethod]
    [DataRow("::error::forged ###vso[task.complete result=Succeeded]")]
    public async Task Pack_WhenTheSubjectHasLogCommands_PrintsNone(string name)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var certificate = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { Subject = $"CN=\"{name}\"" });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, certificate));

        var result = await project.PackAsync(Cancellation, "-v:diag");

        Assert.AreEqual((0, ""), (result.ExitCode, result.Errors));
        Assert.AreEqual(SignedPackage.ByAuthor("Lib 1.2.3", certificate.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        Assert.Contains("task.complete result=Succeeded", result.Output);
        Assert.DoesNotContain("##vso[", result.Output);
        Assert.IsFalse(result.Output.Split('\n').Any(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)), result.Output);
    }
}
