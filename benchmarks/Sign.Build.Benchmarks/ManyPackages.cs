using Sign.Build.Testing;

namespace Sign.Build.Benchmarks;

/// <summary>Many packages in one call, with an authority that takes its time.</summary>
internal static class ManyPackages
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Lab lab)
    {
        await using var authority = await TestTimestampServer.StartAsync(new TestTimestampOptions { Delay = TimeSpan.FromMilliseconds(100) });
        var source = lab.Folder("many");
        for (var index = 0; index < lab.Options.Packages; index++)
        {
            TestPackages.CreateUnsigned(source, $"Many.Package{index}", "1.0.0", new TestPackageOptions { Seed = index });
        }

        Series ours = new(), peers = new();
        for (var round = 0; round < lab.Options.SlowRounds; round++)
        {
            var mine = CopyAll(source, lab.Folder($"many-ours-{round}"));
            ours.Add(await SignAsync(lab, mine, authority.Url));
            var theirs = CopyAll(source, lab.Folder($"many-nuget-{round}"));
            peers.Add(await lab.SignByNuGetAsync(Path.Combine(theirs, "*.nupkg"), authority.Url));
            if (round == 0)
            {
                lab.Keep(Directory.GetFiles(mine));
            }

            Directory.Delete(mine, recursive: true);
            Directory.Delete(theirs, recursive: true);
        }

        return [Result.Ratio($"{lab.Options.Packages} packages, authority that takes 100 ms, default parallelism", ours, peers, 0.12)];
    }

    /// <summary>A build of its own that signs and verifies what is in a folder, MSBuild's start included.</summary>
    private static async Task<Cost> SignAsync(Lab lab, string folder, Uri authority)
    {
        var project = lab.Workspace.AddProject($"Many{Path.GetFileName(folder)}", $"""
            {lab.SigningProperties(authority)}
            <PropertyGroup><SignBuildPolicy>Private</SignBuildPolicy></PropertyGroup>
            <ItemGroup><SignBuildPackage Include="{folder}/*.nupkg" /></ItemGroup>
            """);
        await lab.DotNetAsync("restore", project.Path, "-v:q");
        var (cost, _) = await lab.DotNetAsync("msbuild", project.Path, "-t:SignBuildSignPackages", "-nologo", "-v:q");
        return cost;
    }

    private static string CopyAll(string source, string target)
    {
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }
}
