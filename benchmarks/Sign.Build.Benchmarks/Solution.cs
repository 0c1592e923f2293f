using Sign.Build.Testing;
using Sign.Build.Testing.Cli;

namespace Sign.Build.Benchmarks;

/// <summary>A solution whose projects are compiled, packed and signed, with a very slow authority.</summary>
internal static class Solution
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Lab lab)
    {
        await using var authority = await TestTimestampServer.StartAsync(new TestTimestampOptions { Delay = TimeSpan.FromMilliseconds(500) });
        TestProject[] projects = [.. Enumerable.Range(1, lab.Options.Projects).Select(index => lab.Workspace.AddProject($"Part{index}", lab.SigningProperties(authority.Url)))];
        var solution = lab.Workspace.Write("Parts.slnx", $"<Solution>{string.Concat(projects.Select(static project => $"<Project Path=\"{project.Name}/{project.Name}.csproj\" />"))}</Solution>");
        await lab.DotNetAsync("restore", solution, "-v:q");

        Series signed = new(), unsigned = new();
        for (var round = -1; round < lab.Options.SlowRounds - 1; round++)
        {
            var off = await PackAsync(lab, solution, projects, $"{round}Off", "-p:SignBuildMode=Off");
            var on = await PackAsync(lab, solution, projects, $"{round}On", "-p:SignBuildMode=Required", "-p:SignBuildPolicy=Private");
            if (round < 0)
            {
                lab.Keep(projects.Select(static project => project.PackagePath));
                continue;
            }

            unsigned.Add(off);
            signed.Add(on);
        }

        // MSBuild's further nodes are no children of the process that is waited for, so their CPU time is unknown.
        return [Result.Ratio($"Solution of {projects.Length} projects, authority that takes 500 ms; against the same solution unsigned", signed, unsigned, 1.25) with { CpuRatio = null }];
    }

    private static async Task<Cost> PackAsync(Lab lab, string solution, TestProject[] projects, string change, params IReadOnlyList<string> properties)
    {
        foreach (var project in projects)
        {
            lab.Workspace.Write($"{project.Name}/Class.cs", $"namespace {project.Name}; public class Class{change.Replace('-', '_')};");
            if (File.Exists(project.PackagePath))
            {
                File.Delete(project.PackagePath);
            }
        }

        var (cost, _) = await lab.DotNetAsync(["pack", solution, "-c", "Release", "--no-restore", "-nologo", "-v:q", .. properties]);
        return cost;
    }
}
