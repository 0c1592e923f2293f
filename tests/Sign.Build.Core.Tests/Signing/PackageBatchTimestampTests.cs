using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Signing;
using Sign.Build.Core.Tests.Timestamping;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class PackageBatchTimestampTests
{
    private const int Packages = 200;

    // Packages with a place, and three times as many that wait for a timestamp.
    private static readonly int InProgress = 4 * new SignBuildSettings().MaxParallelism;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Sign_When200PackagesMeetEveryFault_SignsAllWithTheGoodAuthority()
    {
        var servers = FaultCases.All.Select(row => FaultServer.Start((Fault)row[0])).Append(FaultServer.Start(Fault.None)).ToArray();
        using var folder = new TemporaryDirectory();
        var log = new RecordingLog();

        var signed = await SignAsync(folder, servers, log);

        Assert.HasCount(Packages, signed);
        Assert.IsTrue(signed.All(package => package.Outcome == SigningOutcome.Signed && package.TimestampAuthority == servers[^1].Url.AbsoluteUri));
        Assert.AreEqual(servers.Length - 1, log.Diagnostics.Count(diagnostic => diagnostic.Code == "SGN4002"));
        Assert.HasCount(servers.Length - 1, log.Diagnostics);
        CollectionAssert.AreEquivalent(Names(".nupkg"), FilesOf(folder));
        await CloseAsync(servers);
    }

    [TestMethod]
    public async Task Sign_When200PackagesMeetOnlyBadAuthorities_QuarantinesAll()
    {
        FaultServer[] servers = [FaultServer.Start(Fault.Reset), FaultServer.Start(Fault.Status(500)), FaultServer.Start(Fault.Garbage)];
        using var folder = new TemporaryDirectory();
        var log = new RecordingLog();

        var signed = await SignAsync(folder, servers, log);

        Assert.IsEmpty(signed);
        CollectionAssert.AreEquivalent(Names(".nupkg.rejected"), FilesOf(folder));
        Assert.AreEqual(2, log.Diagnostics.Count(diagnostic => diagnostic.Code == "SGN4002"));
        var errors = log.Diagnostics.Where(diagnostic => diagnostic.Level == DiagnosticLevel.Error).ToList();
        Assert.HasCount(Packages, errors);
        Assert.IsTrue(errors.TrueForAll(error => error.Code == "SGN4001"));
        CollectionAssert.AreEquivalent(Names(".nupkg"), errors.ConvertAll(error => Path.GetFileName(error.File)));
        Assert.IsTrue(servers.All(server => server.RequestCount <= 4 * InProgress));
        await CloseAsync(servers);
    }

    [TestMethod]
    public async Task Sign_WhenAPackageWaitsForItsTimestamp_AnotherHasItsPlace()
    {
        const int Together = 3;
        var everybodyAsked = new TaskCompletionSource();
        await using var server = await TestTimestampServer.StartAsync(number =>
        {
            if (number == Together)
            {
                everybodyAsked.SetResult();
            }

            return new TestTimestampOptions { Until = everybodyAsked.Task };
        });
        using var folder = new TemporaryDirectory();
        using var rig = new SigningRig(server);
        rig.Settings = rig.Settings with { MaxParallelism = 1 };
        string[] packages = [.. Enumerable.Range(1, Together).Select(number => TestPackages.CreateUnsigned(folder.Path, $"Lib{number}"))];

        var signed = await rig.SignAsync(packages, TestContext.CancellationToken);

        Assert.HasCount(Together, signed);
        Assert.AreEqual(Together, server.RequestCount);
    }

    [TestMethod]
    public async Task Sign_When200PackagesMeetBadAuthorities_LeavesNeitherSocketsNorAThreadForEach()
    {
        FaultServer[] servers = [FaultServer.Start(Fault.Garbage), FaultServer.Start(Fault.ResetInBody), FaultServer.Start(Fault.Status(403)), FaultServer.Start(Fault.None)];
        using var host = new CrashHost([.. servers.Select(server => server.Url)]);
        using var folder = new TemporaryDirectory();
        Create(folder);

        var result = await host.SignAsync(folder.Path, TestContext.CancellationToken);

        Assert.HasCount(3, result.Diagnostics);
        Assert.AreEqual(0, result.Sockets);
        Assert.IsLessThan(64, result.Threads);
        await CloseAsync(servers);
    }

    private async Task<IReadOnlyList<Core.Signing.SignedPackage>> SignAsync(TemporaryDirectory folder, FaultServer[] servers, RecordingLog log)
    {
        using var settingsFolder = new TemporaryDirectory();
        File.WriteAllBytes(settingsFolder["signer.pfx"], TestPki.Shared.CodeSigning.ExportPfx());
        File.WriteAllText(settingsFolder["roots.pem"], string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        var settings = new SignBuildSettings
        {
            Certificate = new CertificateSettings { Path = settingsFolder["signer.pfx"] },
            Timestamp = new TimestampSettings { Authorities = [.. servers.Select(server => server.Url)], Timeout = ListUnderTest.Timeout },
            Policy = new PolicySettings { Policy = PolicyName.Private, RevocationMode = RevocationMode.NoCheck, TrustedRootPaths = [settingsFolder["roots.pem"]] },
        };
        using var scope = new BuildScope();
        using var attached = scope.Log.Attach(log);
        var session = new SigningSession(settings, scope, new SessionHost(TestSdk.Directory, settingsFolder.Path, ListUnderTest.CreateClock()));
        return await PackageBatch.SignAsync(session, Create(folder), log, TestContext.CancellationToken);
    }

    private static string[] Create(TemporaryDirectory folder) =>
        [.. Enumerable.Range(0, Packages).Select(index => TestPackages.CreateUnsigned(folder.Path, $"Batch.{index}", "1.0.0"))];

    private static string[] Names(string extension) => [.. Enumerable.Range(0, Packages).Select(index => $"Batch.{index}.1.0.0{extension}")];

    private static string[] FilesOf(TemporaryDirectory folder) => [.. Directory.GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path))];

    private async Task CloseAsync(FaultServer[] servers)
    {
        foreach (var server in servers)
        {
            await server.WhenClosedAsync(TestContext.CancellationToken);
            await server.DisposeAsync();
        }
    }
}
