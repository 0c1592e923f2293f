using Sign.Build.Testing.Cli;

namespace Sign.Build.Benchmarks;

/// <summary>
/// NuGet's word on everything that Sign.Build signed in this run. Its exit code does not tell (a truncated package gives 0),
/// so its success lines are counted, and a package with one changed bit must fail.
/// </summary>
internal static class IndependentVerification
{
    private const string Success = "Successfully verified package";

    public static async Task<string> RunAsync(Lab lab)
    {
        var (_, output) = await lab.DotNetAsync(["nuget", "verify", "--all", "-v", "n", .. lab.Signed]);
        var verified = output.Split(Success).Length - 1;
        if (verified != lab.Signed.Count)
        {
            throw new InvalidOperationException($"dotnet nuget verify accepts {verified} of {lab.Signed.Count} packages that were signed in this run.\n{output}");
        }

        var broken = lab.Signed[0] + ".broken.nupkg";
        var bytes = await File.ReadAllBytesAsync(lab.Signed[0]);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(broken, bytes);
        var control = await Command.RunAsync(lab.Sdk.DotNet, ["nuget", "verify", "--all", "-v", "n", broken], lab.Workspace.Path, lab.Workspace.Environment, CancellationToken.None);
        if (control.ExitCode == 0 || control.Output.Contains(Success, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("dotnet nuget verify accepts a package with a changed bit; its word proves nothing.");
        }

        return $"`dotnet nuget verify --all` accepts all {verified} packages that were signed in this run, and rejects one of them with a changed bit.";
    }
}
