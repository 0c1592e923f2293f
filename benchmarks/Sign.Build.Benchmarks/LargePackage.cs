using System.IO.Compression;
using Sign.Build.Testing;

namespace Sign.Build.Benchmarks;

/// <summary>A package as large as the hardware shows: sign, verify, replace, beside the least that any program must do.</summary>
internal static class LargePackage
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Lab lab)
    {
        await using var authority = await TestTimestampServer.StartAsync();
        var folder = lab.Folder("large");
        var source = Path.Combine(folder, "source.nupkg");
        var package = Path.Combine(folder, "Large.1.0.0.nupkg");
        Create(source, lab.Options.LargeMegabytes);
        var request = new WorkerRequest("sign", Properties(lab, authority.Url), [package], lab.Sdk.Directory);
        var idle = await lab.WorkAsync(request with { Action = "idle" });

        Series ours = new(), floor = new();
        var memory = new List<double>();
        for (var round = -1; round < lab.Options.SlowRounds; round++)
        {
            await RenewAsync(lab, source, package);
            var report = (await lab.WorkAsync(request)).Ensure(1);
            if (round < 0)
            {
                lab.Keep([package]);
                continue;
            }

            ours.Add(report.Cost);
            memory.Add(report.PeakBytes - idle.PeakBytes);
            floor.Add(await FloorAsync(lab, source, Path.Combine(folder, "copy")));
        }

        File.Delete(source);
        File.Delete(package);
        var growth = Series.Median(memory);
        var size = $"{lab.Options.LargeMegabytes} MiB";
        return
        [
            Result.Ratio($"{size} package: sign, verify, replace; against two `openssl dgst -sha256` and one `cp`", ours, floor, 1.25),
            new Result($"Memory while signing {size}, against the same program doing nothing", Result.Mebibytes(idle.PeakBytes + growth), Result.Mebibytes(idle.PeakBytes), growth / (1 << 20), 64, " MiB"),
        ];
    }

    private static Dictionary<string, string> Properties(Lab lab, Uri authority) => new()
    {
        ["SignBuildMode"] = "Required",
        ["SignBuildCertificatePath"] = lab.CertificatePath,
        ["SignBuildTimestampUrl"] = authority.AbsoluteUri,
        ["SignBuildPolicy"] = "Private",
    };

    private static async Task<Cost> FloorAsync(Lab lab, string source, string copy)
    {
        await lab.RunAsync("sync");
        var (first, _) = await lab.RunAsync("openssl", "dgst", "-sha256", source);
        var (second, _) = await lab.RunAsync("openssl", "dgst", "-sha256", source);
        var (copying, _) = await lab.RunAsync("cp", source, copy);
        File.Delete(copy);
        return first + second + copying;
    }

    private static async Task RenewAsync(Lab lab, string source, string package)
    {
        File.Delete(package);
        await lab.RunAsync("cp", source, package);
        await lab.RunAsync("sync");
    }

    private static void Create(string path, int megabytes)
    {
        var block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var manifest = new StreamWriter(zip.CreateEntry("Large.nuspec").Open()))
        {
            manifest.Write("<package><metadata><id>Large</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata></package>");
        }

        for (var index = 0; index < megabytes; index += 64)
        {
            using var content = zip.CreateEntry($"content/{index}.bin", CompressionLevel.NoCompression).Open();
            for (var written = 0; written < Math.Min(64, megabytes - index); written++)
            {
                content.Write(block);
            }
        }
    }
}
