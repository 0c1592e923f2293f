using System.Diagnostics;
using System.Globalization;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>What a run that was not killed did.</summary>
/// <param name="Duration">From when it began with the first package.</param>
/// <param name="Diagnostics">What it reported.</param>
/// <param name="Sockets">How many it left open.</param>
/// <param name="Threads">How many it had at the end.</param>
internal sealed record CrashHostResult(TimeSpan Duration, IReadOnlyList<string> Diagnostics, int Sockets, int Threads);

/// <summary>Runs Sign.Build.CrashHost over a folder of packages.</summary>
internal sealed class CrashHost : IDisposable
{
    private readonly TemporaryDirectory _settings = new();
    private readonly string _authorities;

    /// <param name="authorities">The timestamp authorities that are asked.</param>
    public CrashHost(params IReadOnlyList<Uri> authorities)
    {
        _authorities = string.Join(';', authorities);
        File.WriteAllBytes(_settings["signer.pfx"], TestPki.Shared.CodeSigning.ExportPfx());
        File.WriteAllText(_settings["roots.pem"], string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
    }

    /// <summary>The feed that signs; null: an author signs.</summary>
    public Uri? ServiceIndex { get; init; }

    /// <summary>Further variables of its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Signs all packages of <paramref name="folder"/>.</summary>
    public async Task<CrashHostResult> SignAsync(string folder, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(folder, cancellationToken);
        var watch = Stopwatch.StartNew();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual($"signed {Directory.GetFiles(folder, "*.nupkg").Length}", lines[^2], output);
        Assert.AreEqual(0, process.ExitCode);
        var left = lines[^1].Split(' ');
        return new CrashHostResult(watch.Elapsed, lines[..^2], int.Parse(left[1], CultureInfo.InvariantCulture), int.Parse(left[2], CultureInfo.InvariantCulture));
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
            Path.Combine(AppContext.BaseDirectory, "Sign.Build.CrashHost.dll"), folder, _settings["signer.pfx"], _settings["roots.pem"], _authorities, TestSdk.Directory, .. ServiceIndex is null ? (string[])[] : [ServiceIndex.AbsoluteUri]])
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
