// Sign.Build.CrashHost <folder> <certificate file> <trusted roots> <timestamp URLs> <SDK folder> [<service index>]
// Signs every package of the folder as a build does, or with a service index as a feed does. Writes "signing" before and "signed <number>" after, every error, and
// last how many sockets are left open and how many threads there are.
using System.Diagnostics;
using Sign.Build.Core;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;

var settings = new SignBuildSettings
{
    Mode = SigningMode.Required,
    Certificate = new CertificateSettings { Path = args[1] },
    Timestamp = new TimestampSettings { Authorities = [.. args[3].Split(';').Select(url => new Uri(url))] },
    ServiceIndexUrl = args.Length > 5 ? new Uri(args[5]) : null,
    Policy = new PolicySettings { Policy = PolicyName.Private, RevocationMode = RevocationMode.NoCheck, TrustedRootPaths = [args[2]] },
};
var socketsBefore = CountSockets();
var scope = new BuildScope();
var log = new ConsoleLog();
using var attached = scope.Log.Attach(log);
var session = new SigningSession(settings, scope, new SessionHost(args[4], args[0], TimeProvider.System));
Console.WriteLine("signing");
var packages = Directory.GetFiles(args[0], "*.nupkg");
var signed = settings.ServiceIndexUrl is null
    ? await PackageBatch.SignAsync(session, packages, log, CancellationToken.None)
    : await RepositoryBatch.SignAsync(session, packages, log, CancellationToken.None);
Console.WriteLine($"signed {signed.Count}");
scope.Dispose();
using var process = Process.GetCurrentProcess();
Console.WriteLine($"left {CountSockets() - socketsBefore} {process.Threads.Count}");

static int CountSockets() => OperatingSystem.IsLinux()
    ? Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
    : 0;

internal sealed class ConsoleLog : ISignBuildLog
{
    public void Report(Diagnostic diagnostic) => Console.WriteLine(diagnostic);

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
