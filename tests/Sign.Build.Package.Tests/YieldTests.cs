namespace Sign.Build.Package.Tests;

/// <summary>A project that waits for the network gives its node to the others.</summary>
[TestClass]
public sealed class YieldTests : PackageTest
{
    private const int Nodes = 2;

    // With two nodes MSBuild lets one more project begin while others wait, and with more nodes two more; a single node never.
    private const int Projects = Nodes + 1;

    [TestMethod]
    public async Task Pack_WhenTheAuthorityAnswersNobodyBeforeTheThirdProjectAsks_TwoNodesAreEnough()
    {
        var everybodyAsked = new TaskCompletionSource();
        await using var timestamps = await TestTimestampServer.StartAsync(number =>
        {
            if (number == Projects)
            {
                everybodyAsked.SetResult();
            }

            return new TestTimestampOptions { Until = everybodyAsked.Task };
        });
        var body = TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning);
        TestProject[] projects = [.. Enumerable.Range(1, Projects).Select(number => Workspace.AddProject($"Lib{number}", body))];

        // Were the nodes held by those that wait, they would wait for the third project until their time is up, and ask again.
        var result = await Workspace.DotNetAsync(
            Workspace.Path, Cancellation, "pack", Workspace.AddSolution("All", projects), $"-m:{Nodes}", "-p:SignBuildPreflight=false", "-p:SignBuildTimestampTimeout=120");

        result.EnsureClean();
        Assert.AreEqual(Projects, timestamps.RequestCount);
    }
}
