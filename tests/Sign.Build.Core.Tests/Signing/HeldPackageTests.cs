using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>Another program has the package open for itself. On Windows the quarantine cannot move such a file and says so, too.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class HeldPackageTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Sign_WhenAnotherProgramHoldsTheFile_IsOneErrorAndTheBytesAreKept()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        var path = TestPackages.CreateUnsigned(directory.Path, "Lib");
        var content = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await rig.SignAsync([path], TestContext.CancellationToken);
        }

        var error = rig.Log.Diagnostics.Single();
        Assert.AreEqual(("SGN3005", path), (error.Code, error.File));
        Assert.AreEqual(0, timestamps.RequestCount);
        CollectionAssert.AreEqual(content, await File.ReadAllBytesAsync(path + ".rejected", TestContext.CancellationToken));
    }
}
