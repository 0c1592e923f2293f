using System.Diagnostics;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>Runs Sign.Build.CrashHost over a folder of packages.</summary>
internal sealed class CrashHost : IDisposable
{
    private readonly TemporaryDirectory _settings = new();
    private readonly Uri _authority;

    /// <param name="authority">The timestamp authority that the packages get.</param>
    public CrashHost(Uri authority)
    {
        _authority = authority;
        File.WriteAllBytes(_settings["signer.pfx"], TestPki.Shared.CodeSigning.ExportPfx());
        File.WriteAllText(_settings["roots.pem"], string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
    }

    /// <summary>Further variables of its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Signs all packages of <paramref name="folder"/>.</summary>
    /// <returns>How long that took, from when it began with the first one.</returns>
    public async Task<TimeSpan> SignAsync(string folder, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(folder, cancellationToken);
        var watch = Stopwatch.StartNew();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.AreEqual($"signed {Directory.GetFiles(folder, "*.nupkg").Length}", output.TrimEnd());
        Assert.AreEqual(0, process.ExitCode);
        return watch.Elapsed;
    }

    /// <summary>Begins to sign, and is killed then.</summary>
    /// <param name="folder">The packages.</param>
    /// <param name="moment">How long it may sign.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task KillAsync(string folder, TimeSpan moment, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(folder, cancellationToken);
        await Task.Delay(moment, cancellationToken);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose() => _settings.Dispose();

    private async Task<Process> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "Sign.Build.CrashHost.dll"), folder, _settings["signer.pfx"], _settings["roots.pem"], _authority.AbsoluteUri, TestSdk.Directory])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        Assert.AreEqual("signing", await process.StandardOutput.ReadLineAsync(cancellationToken));
        return process;
    }
}
