using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification.Matrix;

[TestClass]
public sealed class BrokenPackageTests
{
    public static IEnumerable<object[]> Names => BrokenPackages.All.Select(package => new object[] { package.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task VerifyAsync_WhenPackageIsBrokenAndPolicyIsNuGetOrg_FindsWhatIsMeant(string name)
    {
        var package = BrokenPackages.Get(name);

        var verification = await VerifyAsync(package, VerificationPolicy.NuGetOrg);

        Assert.AreEqual(package.NuGetOrg, Errors(verification), Describe(verification));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task VerifyAsync_WhenPackageIsBrokenAndPolicyIsPrivate_FindsWhatIsMeant(string name)
    {
        var package = BrokenPackages.Get(name);

        var verification = await VerifyAsync(package, VerificationPolicy.Private);

        Assert.AreEqual(package.Private, Errors(verification), Describe(verification));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task VerifyAsync_WhenNuGetOrNuGetOrgRejects_RejectsToo(string name)
    {
        if (!NuGetOracle.IsUsable)
        {
            Assert.Inconclusive("NuGet does not trust the tests' roots on this system.");
        }

        var package = BrokenPackages.Get(name);
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["package.nupkg"], package.Create());

        var nuGet = await NuGetOracle.JudgeAsync(directory["package.nupkg"], NuGet.Common.RevocationMode.Offline);
        var verification = await VerifyAsync(directory["package.nupkg"], VerificationPolicy.NuGetOrg);

        if (package.NuGet.Length == 0)
        {
            Assert.IsTrue(nuGet.ClientAccepts, nuGet.ToString());
        }
        else
        {
            CollectionAssert.Contains(nuGet.ClientErrors.ToArray(), package.NuGet, nuGet.ToString());
        }

        Assert.IsFalse(verification.IsAccepted && !nuGet.IsAccepted, nuGet.ToString());
    }

    private static async Task<PackageVerification> VerifyAsync(BrokenPackage package, VerificationPolicy policy)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["package.nupkg"], package.Create());
        return await VerifyAsync(directory["package.nupkg"], policy);
    }

    private static async Task<PackageVerification> VerifyAsync(string path, VerificationPolicy policy)
    {
        using var chains = new ChainBuilder(TestPki.Shared.Anchors, RevocationMode.NoCheck, TimeProvider.System);
        return await new PackageVerifier(policy, chains, TimeProvider.System).VerifyAsync(path, CancellationToken.None);
    }

    private static string Errors(PackageVerification verification) => string.Join(' ', verification.Findings
        .Where(finding => finding.Level == DiagnosticLevel.Error)
        .Select(finding => finding.Code)
        .Distinct()
        .Order(StringComparer.Ordinal));

    private static string Describe(PackageVerification verification) => string.Join('\n', verification.Findings);
}
