using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>
/// Packages of others, signed by their authors and by nuget.org with tools that are not ours: those that the restore of this
/// repository left in the package cache. Copies of them are signed again.
/// </summary>
[TestClass]
public sealed class RealPackagesTests
{
    private const int Minimum = 30;
    private const int Maximum = 60;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Sign_WhenPackagesAreSignedByOthers_OnlyTheSignatureIsReplaced()
    {
        var originals = FindPackages();
        if (originals.Count < Minimum)
        {
            Assert.Inconclusive($"The package cache has only {originals.Count} packages.");
        }

        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        var copies = originals.Select((original, index) => Copy(original, directory[index.ToString()])).ToArray();

        var signed = await rig.SignAsync(copies, TestContext.CancellationToken);

        Assert.AreEqual("", string.Join('\n', rig.Log.Diagnostics));
        Assert.HasCount(originals.Count, signed);
        for (var index = 0; index < copies.Length; index++)
        {
            await CompareAsync(originals[index], copies[index]);
        }
    }

    private async Task CompareAsync(string original, string copy)
    {
        var before = await SignedPackage.ReadAsync(original, TestContext.CancellationToken);
        Assert.AreEqual(
            SignedPackage.ByAuthor(before.Package, TestPki.Shared.CodeSigning.Fingerprint),
            await SignedPackage.ReadAsync(copy, TestContext.CancellationToken));
        // NuGet takes both signatures away: what is left must be the same file, byte for byte.
        Assert.AreEqual(
            await SignedPackage.HashWithoutSignatureAsync(original, TestContext.CancellationToken),
            await SignedPackage.HashWithoutSignatureAsync(copy, TestContext.CancellationToken),
            original);
        if (NuGetOracle.IsUsable)
        {
            var verdict = await NuGetOracle.JudgeAsync(copy, NuGet.Common.RevocationMode.Offline);
            Assert.IsTrue(verdict.IsAccepted, $"{original}: {verdict}");
        }
    }

    private static string Copy(string original, string folder)
    {
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, Path.GetFileName(original));
        File.Copy(original, copy);
        return copy;
    }

    /// <summary>Signed packages of the cache, the smallest first, so that the test is about their number and not their size.</summary>
    private static List<string> FindPackages()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return !Directory.Exists(cache)
            ? []
            : [.. new DirectoryInfo(cache).EnumerateFiles("*.nupkg", SearchOption.AllDirectories)
                .Where(IsSigned)
                .OrderBy(file => file.Length)
                .Take(Maximum)
                .Select(file => file.FullName)];
    }

    private static bool IsSigned(FileInfo file)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(file.FullName);
        return archive.GetEntry(".signature.p7s") is not null;
    }
}
