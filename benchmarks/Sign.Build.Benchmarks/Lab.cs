using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using Sign.Build.Testing;
using Sign.Build.Testing.Cli;

namespace Sign.Build.Benchmarks;

/// <summary>What all scenarios share: the packed Sign.Build, the SDK that trusts the certificate, the certificate, and timed processes.</summary>
internal sealed class Lab : IDisposable
{
    private const string Password = "benchmark";

    private readonly TemporaryDirectory _directory = new();
    private readonly TestSession _session;
    private readonly List<string> _signed = [];
    private readonly string _worker;

    private Lab(BenchmarkOptions options, PackedSignBuild package)
    {
        Options = options;
        _session = new TestSession(package);
        Workspace = new TestWorkspace(_session);
        Workspace.Environment["SIGNBUILD_CERTIFICATE_PASSWORD"] = Password;

        // The certificate names no revocation server, and no other one shall be waited for, by nobody.
        Workspace.Environment["NUGET_CERT_REVOCATION_MODE"] = "offline";
        var signer = TestPki.Shared.Root.Issue(TestCertificateOptions.CodeSigning);
        CertificatePath = _directory["signer.pfx"];
        File.WriteAllBytes(CertificatePath, signer.ExportPfx(Password));
        Sdk = TrustingSdk.Create(TestSdk.Directory, _directory["dotnet"], string.Concat(TestPki.Shared.Roots.Select(static root => root.ExportCertificatePem() + "\n")));
        Workspace.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Sdk.DotNet);
        _worker = CreateWorker(package.PackagePath, _directory["worker"]);
    }

    public BenchmarkOptions Options { get; }

    public TrustingSdk Sdk { get; }

    public TestWorkspace Workspace { get; }

    public string CertificatePath { get; }

    /// <summary>Packages that Sign.Build signed in this run, for the independent verification at its end.</summary>
    public IReadOnlyList<string> Signed => _signed;

    /// <summary>Packs Sign.Build, because what is measured is the package as users get it, and prepares the rest.</summary>
    public static async Task<Lab> CreateAsync(BenchmarkOptions options)
    {
        var facts = typeof(Lab).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(static fact => fact.Key, static fact => fact.Value!);
        var feed = facts["TestFeed"];
        if (Directory.Exists(feed))
        {
            Directory.Delete(feed, recursive: true);
        }

        var pack = await Command.RunAsync(
            "dotnet",
            [
                "pack", Path.Combine(facts["RepositoryRoot"], "src", "Sign.Build.Tasks"), "-c", facts["Configuration"], "--no-build", "-nologo", "-v:q",
                $"-p:PackageVersion=0.0.0-benchmark.{DateTime.UtcNow:yyyyMMddHHmmss}", "-p:PackageOutputPath=" + feed,
            ],
            facts["RepositoryRoot"],
            new Dictionary<string, string?>(),
            CancellationToken.None);
        pack.EnsureSuccess();
        return new Lab(options, PackedSignBuild.From(typeof(Lab).Assembly));
    }

    /// <summary>A folder of a scenario's own.</summary>
    public string Folder(string name) => Directory.CreateDirectory(_directory[name]).FullName;

    public static void Say(string message) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {message}");

    /// <summary>Runs <c>dotnet</c> of the benchmark's SDK to its successful end.</summary>
    public Task<(Cost Cost, string Output)> DotNetAsync(params IReadOnlyList<string> arguments) => RunAsync(Sdk.DotNet, arguments);

    public async Task<(Cost Cost, string Output)> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var cpu = Cost.CpuOfEndedChildren();
        var watch = Stopwatch.StartNew();
        var result = await Command.RunAsync(program, arguments, Workspace.Path, Workspace.Environment, CancellationToken.None);
        var cost = new Cost(watch.Elapsed, Cost.CpuOfEndedChildren() - cpu);
        return (cost, result.EnsureSuccess().Output);
    }

    /// <summary><c>dotnet nuget sign</c> and <c>dotnet nuget verify</c>, two processes.</summary>
    public async Task<Cost> SignByNuGetAsync(string packages, Uri timestampServer)
    {
        var (sign, _) = await DotNetAsync("nuget", "sign", packages, "--certificate-path", CertificatePath, "--certificate-password", Password, "--timestamper", timestampServer.AbsoluteUri);
        return sign + await VerifyByNuGetAsync([packages]);
    }

    public async Task<Cost> VerifyByNuGetAsync(IReadOnlyList<string> packages)
    {
        var (verify, _) = await DotNetAsync(["nuget", "verify", "--all", .. packages]);
        return verify;
    }

    /// <summary>Runs the domain in a process of its own, without MSBuild.</summary>
    public async Task<WorkerReport> WorkAsync(WorkerRequest request)
    {
        var file = _directory[$"request-{Guid.NewGuid():N}.json"];
        File.WriteAllText(file, request.ToJson());
        var (cost, output) = await DotNetAsync("exec", _worker, "worker", file);
        return WorkerReport.FromJson(output.Trim().Split('\n')[^1]) with { Cost = cost };
    }

    // This program with the domain out of the package: compiled ahead of time where a user's would be.
    private static string CreateWorker(string package, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        using var archive = ZipFile.OpenRead(package);
        var entry = archive.GetEntry($"tasks/net10.0/runtimes/{RuntimeInformation.RuntimeIdentifier}/lib/net10.0/Sign.Build.Core.dll") ?? archive.GetEntry("tasks/net10.0/Sign.Build.Core.dll")!;
        entry.ExtractToFile(Path.Combine(folder, "Sign.Build.Core.dll"), overwrite: true);
        return Path.Combine(folder, Path.GetFileName(typeof(Lab).Assembly.Location));
    }

    /// <summary>Properties that make a project sign with the benchmark's certificate.</summary>
    public string SigningProperties(Uri timestampServer) => $"""
        <PropertyGroup>
          <SignBuildCertificatePath>{CertificatePath}</SignBuildCertificatePath>
          <SignBuildTimestampUrl>{timestampServer}</SignBuildTimestampUrl>
          <GenerateDocumentationFile>false</GenerateDocumentationFile>
        </PropertyGroup>
        """;

    /// <summary>Remembers copies of packages that were just signed; the originals are overwritten by the next round.</summary>
    public void Keep(IEnumerable<string> packages)
    {
        foreach (var package in packages)
        {
            var copy = Path.Combine(Folder("signed"), $"{_signed.Count}.{Path.GetFileName(package)}");
            File.Copy(package, copy);
            _signed.Add(copy);
        }
    }

    public void Dispose()
    {
        Workspace.Dispose();
        _session.Dispose();
        _directory.Dispose();
    }
}
