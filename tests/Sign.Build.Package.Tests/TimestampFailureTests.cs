namespace Sign.Build.Package.Tests;

/// <summary>What a build does when timestamp authorities fail while it signs.</summary>
[TestClass]
public sealed class TimestampFailureTests : PackageTest
{
    // On one node, because every node is a process with a memory of its own.
    [TestMethod]
    public async Task Pack_WhenTheFirstAuthorityRefuses_TheNextOneSignsAndTheBuildWarnsOnce()
    {
        await using var refusing = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        await using var good = await TestTimestampServer.StartAsync();
        var body = TestSigning.WithPfx(Workspace, good, TestPki.Shared.CodeSigning)
            + $"<PropertyGroup><SignBuildTimestampUrl>{refusing.Url};{good.Url}</SignBuildTimestampUrl></PropertyGroup>";
        TestProject[] projects = [Workspace.AddProject("One", body), Workspace.AddProject("Two", body), Workspace.AddProject("Three", body)];
        var solution = Workspace.AddSolution("All", projects);

        var result = await Workspace.DotNetAsync(Workspace.Path, Cancellation, "pack", solution, "-m:1");

        Assert.AreEqual((0, "", "SGN4002"), (result.ExitCode, result.Errors, result.Warnings), result.ToString());
        Assert.AreEqual(1, refusing.RequestCount);
        foreach (var project in projects)
        {
            Assert.AreEqual(
                SignedPackage.ByAuthor(project.Name + " 1.2.3", TestPki.Shared.CodeSigning.Fingerprint),
                await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        }
    }

    [TestMethod]
    public async Task Pack_WhenNoAuthorityAnswersAfterThePreflight_NoPackageIsLeft()
    {
        await using var timestamps = await TestTimestampServer.StartAsync(number => new TestTimestampOptions { Status = number == 1 ? 0 : 2 });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN4001", "Lib.1.2.3.nupkg.rejected"), (result.ExitCode, result.Errors, project.PackageFolderContent), result.ToString());
        Assert.Contains(timestamps.Url.Authority, result.Diagnostics.Single().Text);
    }
}
