using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>Builds that share nothing but the file sign it at the same moment, again and again.</summary>
[TestClass]
public sealed class SameFileTests
{
    private const int Builds = 6;
    private const int Rounds = 10;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Sign_WhenSeveralBuildsSignOneFile_AllSucceedAndThePackageIsValid()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var rigs = Enumerable.Range(0, Builds).Select(_ => new SigningRig(timestamps)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var path = TestPackages.CreateUnsigned(directory.Path, "Lib", $"1.0.{round}");

            var signed = await Task.WhenAll(rigs.Select(rig => Task.Run(() => rig.SignAsync([path], TestContext.CancellationToken))));

            Assert.AreEqual("", string.Join('\n', rigs.SelectMany(rig => rig.Log.Diagnostics)));
            Assert.AreEqual(Builds, signed.Count(packages => packages.Count == 1));
            Assert.AreEqual(
                SignedPackage.ByAuthor($"Lib 1.0.{round}", TestPki.Shared.CodeSigning.Fingerprint),
                await SignedPackage.ReadAsync(path, TestContext.CancellationToken));
        }

        Assert.HasCount(Rounds, Directory.GetFiles(directory.Path));
        foreach (var rig in rigs)
        {
            rig.Dispose();
        }
    }
}
