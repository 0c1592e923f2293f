using Sign.Build.Core.Consumers;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Consumers;

[TestClass]
public sealed class TrustedSignersFilePermissionTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task WriteAsync_WhenOnlyItsOwnerMayReadTheFile_KeepsItSo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Files have modes on Unix only.");
            return;
        }

        using var directory = new TemporaryDirectory();
        var path = directory["nuget.config"];
        await File.WriteAllTextAsync(path, "<configuration />", TestContext.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await TrustedSignersFile.WriteAsync(path, [], TestContext.CancellationToken);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        StringAssert.Contains(await File.ReadAllTextAsync(path, TestContext.CancellationToken), "require");
        Assert.HasCount(1, Directory.GetFiles(directory.Path));
    }
}
