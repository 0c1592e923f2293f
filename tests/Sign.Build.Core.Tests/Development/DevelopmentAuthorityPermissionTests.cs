using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DevelopmentAuthorityPermissionTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task LoadOrCreate_WhenItMakesFiles_OnlyTheirOwnerMayReadThem()
    {
        using var directory = new TemporaryDirectory();

        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);

        Assert.AreEqual(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["authority"]));
        Assert.AreEqual(OwnerFile, File.GetUnixFileMode(directory["authority", "authority.pem"]));
        Assert.AreEqual(OwnerFile, File.GetUnixFileMode(directory["authority", "lock"]));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenOthersCouldReadTheFile_MakesNewKeys()
    {
        using var directory = new TemporaryDirectory();
        var first = await RootAsync(await SharedDevelopmentAuthority.WriteAsync(directory, TestContext.CancellationToken));
        File.SetUnixFileMode(directory["authority", "authority.pem"], OwnerFile | UnixFileMode.OtherRead);

        var second = await RootAsync(directory["authority"]);

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(OwnerFile, File.GetUnixFileMode(directory["authority", "authority.pem"]));
        Assert.AreEqual(second, await RootAsync(directory["authority"]));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenOthersCouldWriteToTheDirectory_ClosesItAndMakesNewKeys()
    {
        using var directory = new TemporaryDirectory();
        var first = await RootAsync(await SharedDevelopmentAuthority.WriteAsync(directory, TestContext.CancellationToken));
        File.SetUnixFileMode(directory["authority"], OwnerFile | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        var second = await RootAsync(directory["authority"]);

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["authority"]));
        Assert.AreEqual(second, await RootAsync(directory["authority"]));
    }

    private async Task<string> RootAsync(string directory)
    {
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory, new FixedClock(SharedDevelopmentAuthority.Created), TestContext.CancellationToken);
        return Fingerprint.Sha256(authority.Root);
    }
}
