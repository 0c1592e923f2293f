using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>Ctrl+C while the timestamp authority takes its time.</summary>
[TestClass]
public sealed class CancelledSigningTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Sign_WhenItIsCancelled_ThePackageIsQuarantinedAsItWasAndNothingIsLeftBesideIt()
    {
        using var directory = new TemporaryDirectory();
        var asked = new TaskCompletionSource();
        await using var timestamps = await TestTimestampServer.StartAsync(_ =>
        {
            asked.TrySetResult();
            return new TestTimestampOptions { Delay = TimeSpan.FromMinutes(1) };
        });
        using var rig = new SigningRig(timestamps);
        var path = TestPackages.CreateUnsigned(directory.Path, "Lib");
        var content = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var signing = rig.SignAsync([path], cancellation.Token);
        await asked.Task.WaitAsync(TestContext.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => signing);
        Assert.AreEqual("Lib.1.0.0.nupkg.rejected", string.Join(' ', Directory.GetFiles(directory.Path).Select(Path.GetFileName)));
        CollectionAssert.AreEqual(content, await File.ReadAllBytesAsync(path + ".rejected", TestContext.CancellationToken));
        Assert.AreEqual("", rig.Codes);
    }
}
