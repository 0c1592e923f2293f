using System.Collections.Concurrent;
using System.Diagnostics;
using Sign.Build.Core;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

namespace Sign.Build.Benchmarks;

/// <summary>The domain in a process of its own: what a task does, without the build around it.</summary>
internal static class Worker
{
    public static async Task<WorkerReport> RunAsync(WorkerRequest request)
    {
        var log = new Log();
        var good = 0;
        if (request.Action != "idle")
        {
            using var scope = new BuildScope();
            using var attachment = scope.Log.Attach(log);
            var settings = SettingsReader.Read(request.Properties, new SettingItems([], [], []), AppContext.BaseDirectory);
            var session = new SigningSession(settings, scope, new SessionHost(request.SdkDirectory, Path.GetTempPath(), TimeProvider.System));
            good = request.Action == "sign"
                ? (await PackageBatch.SignAsync(session, request.Paths, log, CancellationToken.None)).Count
                : (await VerificationBatch.VerifyAsync(session, request.Paths, log, CancellationToken.None)).Count(static result => result.IsAccepted);
        }

        using var process = Process.GetCurrentProcess();
        return new WorkerReport(good, [.. log.Errors], process.PeakWorkingSet64);
    }

    private sealed class Log : ISignBuildLog
    {
        public ConcurrentQueue<string> Errors { get; } = [];

        public void Report(Diagnostic diagnostic)
        {
            if (diagnostic.Level == DiagnosticLevel.Error)
            {
                Errors.Enqueue($"{diagnostic.Code} {diagnostic.File}: {diagnostic.Message}");
            }
        }

        public void Important(string message)
        {
        }

        public void Command(string command)
        {
        }

        public void Detail(string message)
        {
        }
    }
}
