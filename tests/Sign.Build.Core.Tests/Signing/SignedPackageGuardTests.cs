using Sign.Build.Core.Configuration;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class SignedPackageGuardTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Check_WhenAnotherBuildSignedThePackageAgain_IsFine()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        var package = await SignAsync(rig, directory);
        rig.Settings = rig.Settings with { ExistingSignature = ExistingSignatureBehavior.Replace };
        await rig.SignAsync([package.Path], TestContext.CancellationToken);
        Assert.AreNotEqual(package.Stamp, FileStamp.Of(package.Path));

        Assert.IsNull(await CheckAsync(rig, package));
    }

    [TestMethod]
    public async Task Check_WhenNothingChanged_IsFine()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);

        Assert.IsNull(await CheckAsync(rig, await SignAsync(rig, directory)));
    }

    [TestMethod]
    [DataRow("unsigned again")]
    [DataRow("a byte changed")]
    [DataRow("signed with other content")]
    [DataRow("garbage")]
    public async Task Check_WhenThePackageIsAnotherOne_IsAnError(string change)
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        var package = await SignAsync(rig, directory);
        await ChangeAsync(rig, package.Path, change);

        var diagnostic = await CheckAsync(rig, package);

        Assert.AreEqual(("SGN5099", package.Path), (diagnostic?.Code, diagnostic?.File));
    }

    private async Task ChangeAsync(SigningRig rig, string path, string change)
    {
        switch (change)
        {
            case "unsigned again":
                TestPackages.CreateUnsigned(Path.GetDirectoryName(path)!);
                break;
            case "a byte changed":
                var bytes = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);
                bytes[10] ^= 1;
                await File.WriteAllBytesAsync(path, bytes, TestContext.CancellationToken);
                break;
            case "signed with other content":
                TestPackages.CreateUnsigned(Path.GetDirectoryName(path)!, options: new TestPackageOptions { Seed = 2, LibrarySize = 5000 });
                await rig.SignAsync([path], TestContext.CancellationToken);
                break;
            default:
                await File.WriteAllTextAsync(path, "garbage", TestContext.CancellationToken);
                break;
        }

        // A file system with coarse times could give the same one again.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(2));
    }

    private async Task<Core.Signing.SignedPackage> SignAsync(SigningRig rig, TemporaryDirectory directory) =>
        (await rig.SignAsync([TestPackages.CreateUnsigned(directory.Path)], TestContext.CancellationToken)).Single();

    private Task<Diagnostic?> CheckAsync(SigningRig rig, Core.Signing.SignedPackage package) => SignedPackageGuard.CheckAsync(
        rig.Session, package.Path, package.Stamp, package.Fingerprint, package.ContentHash, TestContext.CancellationToken);
}
