namespace Sign.Build.Package.Tests;

/// <summary>Ctrl+C while the timestamp authority takes its time.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class InterruptedPackTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenItIsInterrupted_NoPackageAndNoTemporaryFileIsLeft()
    {
        var asked = new TaskCompletionSource();
        await using var timestamps = await TestTimestampServer.StartAsync(_ =>
        {
            asked.TrySetResult();
            return new TestTimestampOptions { Delay = TimeSpan.FromMinutes(2) };
        });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await Workspace.DotNetInterruptedAsync(
            project.Folder, asked.Task, Cancellation, "pack", project.Path, "-p:SignBuildPreflight=false", "-p:SignBuildTimestampTimeout=300");

        Assert.AreNotEqual(0, result.ExitCode);
        Assert.AreEqual("Lib.1.2.3.nupkg.rejected", project.PackageFolderContent, result.ToString());
        Assert.DoesNotContain("SGN", result.Output);
    }
}
