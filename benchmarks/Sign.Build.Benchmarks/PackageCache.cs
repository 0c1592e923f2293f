using Sign.Build.Core.Archives;

namespace Sign.Build.Benchmarks;

/// <summary>Packages that others signed and nuget.org countersigned, verified all at once.</summary>
internal static class PackageCache
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Lab lab)
    {
        string[] packages = Directory.Exists(lab.Options.Cache)
            ? [.. Directory.EnumerateFiles(lab.Options.Cache, "*.nupkg", SearchOption.AllDirectories).Where(IsSigned).Order(StringComparer.Ordinal)]
            : [];
        if (packages.Length == 0)
        {
            Lab.Say($"No signed packages in {lab.Options.Cache}; nothing to verify.");
            return [];
        }

        var offline = new WorkerRequest("verify", Properties("Offline"), packages, lab.Sdk.Directory);
        Series ours = new(), peers = new();
        for (var round = 0; round < lab.Options.SlowRounds; round++)
        {
            ours.Add((await lab.WorkAsync(offline)).Ensure(packages.Length).Cost);
            peers.Add(await lab.VerifyByNuGetAsync(packages));
        }

        var online = (await lab.WorkAsync(offline with { Properties = Properties("Online") })).Ensure(packages.Length);
        return
        [
            Result.Ratio($"Verify {packages.Length} signed packages of the NuGet cache, policy Private", ours, peers, 0.2),
            new Result(
                "The same with revocation Online, against itself with Offline",
                Result.Milliseconds(online.Cost.Time.TotalMilliseconds),
                Result.Milliseconds(ours.Milliseconds),
                (online.Cost.Time.TotalMilliseconds - ours.Milliseconds) / 1000,
                15,
                " s"),
        ];
    }

    private static Dictionary<string, string> Properties(string revocation) => new()
    {
        ["SignBuildPolicy"] = "Private",
        ["SignBuildRevocationMode"] = revocation,
    };

    private static bool IsSigned(string path)
    {
        try
        {
            using var archive = PackageArchive.Open(path);
            return archive.SignatureEntry is not null;
        }
        catch (ArchiveFormatException)
        {
            return false;
        }
    }
}
