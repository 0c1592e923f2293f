using System.Collections.Concurrent;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

/// <summary>
/// Random changes of a signed package. SIGNBUILD_TEST_MUTATIONS sets how many (20000 for the long run), SIGNBUILD_TEST_SEED which.
/// </summary>
[TestClass]
public sealed class MutationTests
{
    private const int DefaultCount = 1500;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestMethod]
    [DataRow(PolicyName.NuGetOrg, false)]
    [DataRow(PolicyName.Private, false)]
    [DataRow(PolicyName.Private, true)]
    public async Task VerifyAsync_WhenPackageIsMutated_AcceptsOnlyWhatNobodySigns(PolicyName policy, bool countersigned)
    {
        var seed = Setting("SIGNBUILD_TEST_SEED", 20261121);
        var count = Setting("SIGNBUILD_TEST_MUTATIONS", DefaultCount) / 3;
        var original = TestSignedPackages.CreateBytes(
            signature: new() { Countersignatures = countersigned ? [TestSignatureOptions.Repository] : [] }, package: new() { LibrarySize = 200 });
        var places = UnsignedPlaces.Of(original, TestPki.Shared.Roots.Select(root => root.RawData));
        var mutator = new PackageMutator(original, seed + (int)policy + (countersigned ? 2 : 0));
        var failures = new ConcurrentQueue<string>();
        var accepted = 0;
        using var directory = new TemporaryDirectory();
        using var chains = new ChainBuilder(TestPki.Shared.Anchors, RevocationMode.NoCheck, TimeProvider.System);
        var verifier = new PackageVerifier(VerificationPolicy.NuGetOrg with { Name = policy }, chains, TimeProvider.System);

        await Parallel.ForAsync(0, count, async (number, cancellationToken) =>
        {
            var mutation = mutator.Create(number);
            if (mutation.Bytes.AsSpan().SequenceEqual(original))
            {
                return;
            }

            var path = directory[$"{number}.nupkg"];
            await File.WriteAllBytesAsync(path, mutation.Bytes, cancellationToken);
            if (await VerifyAsync(verifier, path, mutation, failures, cancellationToken))
            {
                Interlocked.Increment(ref accepted);
                if (Objection(original, mutation, places) is { } objection)
                {
                    failures.Enqueue($"{number}: {mutation.Description}: {objection}");
                }
            }

            File.Delete(path);
        });

        Assert.IsTrue(failures.IsEmpty, $"seed {seed}\n{string.Join('\n', failures)}");
        Assert.IsTrue(accepted > 0, "Changes of unsigned places are accepted; if none was, the verifier did not work at all.");
    }

    private static async Task<bool> VerifyAsync(
        PackageVerifier verifier, string path, PackageMutation mutation, ConcurrentQueue<string> failures, CancellationToken cancellationToken)
    {
        try
        {
            return (await verifier.VerifyAsync(path, cancellationToken).WaitAsync(Limit, cancellationToken)).IsAccepted;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is: a corrupt package must be a finding.
            failures.Enqueue($"{mutation.Description}: {exception}");
            return false;
        }
    }

    /// <summary>Why a package that was accepted should not have been, or null.</summary>
    private static string? Objection(byte[] original, PackageMutation mutation, IReadOnlyList<(int Start, int End, string Reason)> places)
    {
        if (SignedMeaning.Of(mutation.Bytes) != SignedMeaning.Of(original))
        {
            return "what is signed differs";
        }

        switch (mutation.Kind)
        {
            case PackageMutationKind.Bit or PackageMutationKind.Field or PackageMutationKind.Overwriting:
                var changed = Enumerable.Range(0, original.Length).Where(at => original[at] != mutation.Bytes[at]);
                return changed.Any(at => !places.Any(place => at >= place.Start && at < place.End)) ? "accepted at a place that is not listed" : null;

            // The headers of the directory may be in any order as long as that of the signed ones is the signed one,
            // and what lies between the signature and the next entry or the directory is part of the signature's entry.
            case PackageMutationKind.DirectoryOrder or PackageMutationKind.GapAfterSignature:
                return null;
            default:
                return "such a change is never to be accepted";
        }
    }

    private static int Setting(string variable, int defaultValue) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text) : defaultValue;
}
