using Sign.Build.Testing;
using Sign.Build.Testing.Cli;

namespace Sign.Build.Benchmarks;

/// <summary>What signing adds to <c>dotnet pack</c> of one small project.</summary>
internal static class SmallPackage
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Lab lab)
    {
        await using var authority = await TestTimestampServer.StartAsync();
        var project = lab.Workspace.AddProject("Small", lab.SigningProperties(authority.Url));
        lab.Workspace.Write("Small/Class.cs", "public class Small;");
        await lab.DotNetAsync("build", project.Path, "-c", "Release", "-nologo", "-v:q");

        Series peers = new(), addedPrivate = new(), addedNuGetOrg = new();
        for (var round = -1; round < lab.Options.Rounds; round++)
        {
            var unsigned = await PackAsync(lab, project, "-p:SignBuildMode=Off");
            var package = Path.Combine(lab.Folder("small"), $"{round}.nupkg");
            File.Copy(project.PackagePath, package);
            var privately = await PackAsync(lab, project, "-p:SignBuildMode=Required", "-p:SignBuildPolicy=Private");
            lab.Keep([project.PackagePath]);
            var forNuGetOrg = await PackAsync(lab, project, "-p:SignBuildMode=Required", "-p:SignBuildPolicy=NuGetOrg");
            lab.Keep([project.PackagePath]);
            var byNuGet = await lab.SignByNuGetAsync(package, authority.Url);
            if (round >= 0)
            {
                peers.Add(byNuGet);
                addedPrivate.Add(privately - unsigned);
                addedNuGetOrg.Add(forNuGetOrg - unsigned);
            }
        }

        return
        [
            Result.Ratio("One small package, added to `dotnet pack`, policy Private", addedPrivate, peers, 0.15),
            Result.Ratio("The same with policy NuGetOrg, second opinion included", addedNuGetOrg, peers, 0.28),
        ];
    }

    private static async Task<Cost> PackAsync(Lab lab, TestProject project, params IReadOnlyList<string> properties)
    {
        File.Delete(project.PackagePath);
        var (cost, _) = await lab.DotNetAsync(["pack", project.Path, "-c", "Release", "--no-build", "-nologo", "-v:q", .. properties]);
        return cost;
    }
}
