using System.Globalization;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class CrashTests
{
    private const int Packages = 20;

    // SIGNBUILD_TEST_KILLS=50 for a long run.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("SIGNBUILD_TEST_KILLS") ?? "8", CultureInfo.InvariantCulture);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Sign_WhenTheProcessIsKilled_EveryPackageIsUntouchedOrSignedAndTheNextRunFinishes()
    {
        await using var authority = await TestTimestampServer.StartAsync(new TestTimestampOptions { Delay = TimeSpan.FromMilliseconds(10) });
        using var host = new CrashHost(authority.Url);
        var originals = CreateOriginals((id, options) => TestPackages.CreateUnsignedBytes(id, "1.0.0", options));

        await KillAsync(host, originals, Kills);
    }

    [TestMethod]
    public async Task RepositorySign_WhenTheProcessIsKilled_EveryPackageIsTheAuthorsOrCountersignedAndTheNextRunFinishes()
    {
        await using var authority = await TestTimestampServer.StartAsync(new TestTimestampOptions { Delay = TimeSpan.FromMilliseconds(10) });
        using var host = new CrashHost(authority.Url) { ServiceIndex = new Uri("https://feed.example/v3/index.json") };
        var originals = CreateOriginals((id, options) => TestSignedPackages.CreateBytes(id, "1.0.0", package: options));

        await KillAsync(host, originals, (Kills + 1) / 2);
    }

    private async Task KillAsync(CrashHost host, SortedDictionary<string, byte[]> originals, int kills)
    {
        using var chains = new ChainBuilder(TrustAnchors.Only(TestPki.Shared.Roots), RevocationMode.NoCheck, TimeProvider.System);
        var verifier = new PackageVerifier(VerificationPolicy.Private, chains, TimeProvider.System) { WithContentHash = true };
        var contents = await ReadContentsAsync(originals, verifier);
        var duration = await MeasureAsync(host, originals);
        var signedAfterKills = 0;

        for (var kill = 0; kill < kills; kill++)
        {
            using var folder = new TemporaryDirectory();
            Write(originals, folder);
            var moment = Random.Shared.NextDouble() * 1.1 * duration;

            await host.KillAsync(folder.Path, moment, TestContext.CancellationToken);
            signedAfterKills += await CheckAsync(originals, contents, folder, verifier, $"killed after {moment.TotalMilliseconds:0} ms");

            await host.SignAsync(folder.Path, TestContext.CancellationToken);
            Assert.AreEqual(Packages, await CheckAsync(originals, contents, folder, verifier, "repaired"));
            CollectionAssert.AreEquivalent(originals.Keys.ToArray(), Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray(), "Nothing is left beside the packages.");
        }

        TestContext.WriteLine($"{kills} kills within {duration.TotalMilliseconds:0} ms; {signedAfterKills} of {kills * Packages} packages were signed by then.");
    }

    private static SortedDictionary<string, byte[]> CreateOriginals(Func<string, TestPackageOptions, byte[]> create)
    {
        var originals = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var index = 0; index < Packages; index++)
        {
            // Small ones, and some that take a while to copy.
            var options = new TestPackageOptions { Seed = index, LibrarySize = index % 4 == 0 ? 8 << 20 : 4096 };
            originals[$"Crash.{index}.1.0.0.nupkg"] = create($"Crash.{index}", options);
        }

        return originals;
    }

    private async Task<Dictionary<string, Content>> ReadContentsAsync(SortedDictionary<string, byte[]> originals, PackageVerifier verifier)
    {
        using var folder = new TemporaryDirectory();
        Write(originals, folder);
        var contents = new Dictionary<string, Content>();
        foreach (var name in originals.Keys)
        {
            contents[name] = Content.Of(await verifier.VerifyAsync(folder[name], TestContext.CancellationToken));
        }

        return contents;
    }

    private async Task<TimeSpan> MeasureAsync(CrashHost host, SortedDictionary<string, byte[]> originals)
    {
        using var folder = new TemporaryDirectory();
        Write(originals, folder);
        return (await host.SignAsync(folder.Path, TestContext.CancellationToken)).Duration;
    }

    private static void Write(SortedDictionary<string, byte[]> originals, TemporaryDirectory folder)
    {
        foreach (var (name, bytes) in originals)
        {
            File.WriteAllBytes(folder[name], bytes);
        }
    }

    /// <returns>The number of signed packages; every other one is as it was.</returns>
    private async Task<int> CheckAsync(
        SortedDictionary<string, byte[]> originals, Dictionary<string, Content> contents, TemporaryDirectory folder, PackageVerifier verifier, string when)
    {
        var signed = 0;
        foreach (var (name, bytes) in originals)
        {
            if ((await File.ReadAllBytesAsync(folder[name], TestContext.CancellationToken)).AsSpan().SequenceEqual(bytes))
            {
                continue;
            }

            var verification = await verifier.VerifyAsync(folder[name], TestContext.CancellationToken);
            Assert.IsTrue(verification.IsAccepted, $"{when}: {name}: {string.Join("; ", verification.Findings)}");
            var expected = contents[name];
            Assert.AreEqual(expected with { Author = expected.Author ?? Content.Of(verification).Author }, Content.Of(verification), $"{when}: {name}");
            Assert.AreEqual(expected.Author is not null, verification.Package!.Signature!.Countersignatures.Count == 1, $"{when}: {name}");
            signed++;
        }

        return signed;
    }

    // What no signing may change. The author's signature is null in an unsigned package.
    private sealed record Content(string Hash, string? Author)
    {
        public static Content Of(PackageVerification verification) => new(
            verification.ContentHash!,
            verification.Package!.Signature is { } author ? Convert.ToBase64String(author.SignatureValue.Span) : null);
    }
}
