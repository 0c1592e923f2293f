using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

/// <summary>The lock is one of open files, so tasks meet in it exactly as processes do.</summary>
[TestClass]
public sealed class DevelopmentAuthorityParallelTests
{
    private const int Builds = 12;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task LoadOrCreate_WhenManyStartAtOnce_AllGetTheSameAuthority()
    {
        using var directory = new TemporaryDirectory();
        using var start = new Barrier(Builds);
        // A thread each: the pool would let two of them begin and the others find the file.
        var builds = Enumerable.Range(0, Builds).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait(TestContext.CancellationToken);
                using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);
                using var identity = authority.CreateIdentity();
                return Fingerprint.Sha256(authority.Root) + " " + identity.Fingerprint;
            },
            TestContext.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()).ToArray();

        var fingerprints = await Task.WhenAll(builds);

        Assert.HasCount(1, fingerprints.Distinct().ToArray());
        Assert.AreEqual("authority.pem lock", Names(directory["authority"]));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenAnotherProcessIsMakingIt_WaitsAndTakesThatOne()
    {
        using var directory = new TemporaryDirectory();
        var certificates = DevelopmentCertificates.Create(TimeProvider.System.GetUtcNow());
        DevelopmentFile.PrepareDirectory(directory["authority"], directory["authority", "authority.pem"]);
        Task<DevelopmentAuthority> waiting;
        using (await DevelopmentFile.LockAsync(directory["authority"], TimeSpan.Zero, TestContext.CancellationToken))
        {
            waiting = DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);
            await DevelopmentFile.WriteAsync(directory["authority", "authority.pem"], certificates, TestContext.CancellationToken);
        }

        using var authority = await waiting;

        CollectionAssert.AreEqual(certificates.Root.Certificate, authority.Root.RawData);
    }

    [TestMethod]
    public async Task Lock_WhenItIsHeldTooLong_GivesUp()
    {
        using var directory = new TemporaryDirectory();
        using var held = await DevelopmentFile.LockAsync(directory.Path, TimeSpan.Zero, TestContext.CancellationToken);

        await Assert.ThrowsExactlyAsync<IOException>(
            () => DevelopmentFile.LockAsync(directory.Path, TimeSpan.Zero, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenItIsCancelledWhileItWaits_Stops()
    {
        using var directory = new TemporaryDirectory();
        DevelopmentFile.PrepareDirectory(directory["authority"], directory["authority", "authority.pem"]);
        using var held = await DevelopmentFile.LockAsync(directory["authority"], TimeSpan.Zero, TestContext.CancellationToken);
        using var cancellation = new CancellationTokenSource();

        var waiting = DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    private static string Names(string directory) => string.Join(' ', Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
