using System.Collections.Concurrent;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

/// <summary>Well-formed but rearranged signatures. SIGNBUILD_TEST_MUTATIONS and SIGNBUILD_TEST_SEED as for <see cref="MutationTests"/>.</summary>
[TestClass]
public sealed class SignatureStructureTests
{
    private const int DefaultCount = 600;

    [TestMethod]
    public async Task VerifyAsync_WhenSignatureIsRearranged_AcceptsOnlyTheSameMeaningAndOnlyWithNuGet()
    {
        if (!NuGetOracle.IsUsable)
        {
            Assert.Inconclusive("NuGet does not trust the tests' roots on this system.");
        }

        var count = Setting("SIGNBUILD_TEST_MUTATIONS", DefaultCount);
        var seed = Setting("SIGNBUILD_TEST_SEED", 20261121);
        var content = TestPackages.CreateUnsignedBytes(options: new() { LibrarySize = 200 });
        var signature = TestSignature.Create(content);
        var meaning = SignedMeaning.Of(TestSignedPackages.Insert(content, signature));
        var mutator = new SignatureMutator(signature, seed);
        var failures = new ConcurrentQueue<string>();
        var accepted = 0;
        using var directory = new TemporaryDirectory();
        using var chains = new ChainBuilder(TestPki.Shared.Anchors, RevocationMode.NoCheck, TimeProvider.System);
        var verifier = new PackageVerifier(VerificationPolicy.NuGetOrg, chains, TimeProvider.System);

        await Parallel.ForAsync(0, count, async (number, cancellationToken) =>
        {
            var (description, mutated) = mutator.Create(number);
            var package = TestSignedPackages.Insert(content, mutated);
            var path = directory[$"{number}.nupkg"];
            await File.WriteAllBytesAsync(path, package, cancellationToken);
            try
            {
                if ((await verifier.VerifyAsync(path, cancellationToken)).IsAccepted)
                {
                    Interlocked.Increment(ref accepted);
                    if (await ObjectionAsync(path, package, meaning) is { } objection)
                    {
                        failures.Enqueue($"{number}: {description}: {objection}");
                    }
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it is: a malformed signature must be a finding.
                failures.Enqueue($"{number}: {description}: {exception}");
            }

            File.Delete(path);
        });

        Assert.AreEqual("", string.Join('\n', failures), $"seed {seed}");
        Assert.IsTrue(accepted > 0, "Rearranged certificates are accepted; if none was, the verifier did not work at all.");
    }

    private static async Task<string?> ObjectionAsync(string path, byte[] package, SignedMeaning meaning)
    {
        if (SignedMeaning.Of(package) != meaning)
        {
            return "what is signed differs";
        }

        var nuGet = await NuGetOracle.JudgeAsync(path, NuGet.Common.RevocationMode.Offline);
        return nuGet.IsAccepted ? null : $"NuGet rejects it: {nuGet}";
    }

    private static int Setting(string variable, int defaultValue) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text) : defaultValue;
}
