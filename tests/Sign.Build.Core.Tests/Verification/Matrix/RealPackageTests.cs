using Sign.Build.Core.Archives;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

[TestClass]
public sealed class RealPackageTests
{
    private const int Enough = 10;
    private const int Most = 300;

    [TestMethod]
    public async Task VerifyAsync_WhenPackageComesFromNuGetOrg_AgreesWithNuGet()
    {
        var paths = FindSignedPackages();
        if (paths.Count < Enough)
        {
            Assert.Inconclusive($"The NuGet cache has {paths.Count} signed packages.");
        }

        // Only the SDK's roots; offline, because a mirror must not depend on authorities that are gone.
        using var chains = new ChainBuilder(TrustAnchors.Platform(TestSdk.Directory), RevocationMode.Offline, TimeProvider.System);
        var verifier = new PackageVerifier(VerificationPolicy.Private with { ReportsUnknownRevocation = false }, chains, TimeProvider.System);
        var differences = new List<string>();
        var accepted = 0;
        foreach (var path in paths)
        {
            var nuGet = await NuGetOracle.JudgeForFeedAsync(path, NuGet.Common.RevocationMode.Offline);
            var verification = await verifier.VerifyAsync(path, CancellationToken.None);
            accepted += verification.IsAccepted ? 1 : 0;
            if (verification.IsAccepted != nuGet.ClientAccepts)
            {
                differences.Add($"{Path.GetFileName(path)}: {nuGet}; {string.Join(" | ", verification.Findings.Select(finding => finding.Code + " " + finding.Message))}");
            }
        }

        Assert.AreEqual("", string.Join('\n', differences));
        Assert.IsTrue(accepted > 0, "None of them was accepted.");
    }

    private static List<string> FindSignedPackages()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(cache)
            ? [.. Directory.EnumerateFiles(cache, "*.nupkg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(IsSigned).Take(Most)]
            : [];
    }

    private static bool IsSigned(string path)
    {
        try
        {
            using var archive = PackageArchive.Open(path);
            return archive.SignatureEntry is not null;
        }
        catch (Exception exception) when (exception is IOException or ArchiveFormatException)
        {
            // A restore of another process may be writing it.
            return false;
        }
    }
}
