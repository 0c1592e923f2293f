using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

[TestClass]
public sealed class DevelopmentAuthorityRecoveryTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task LoadOrCreate_WhenNothingChanged_GivesTheSameCertificates()
    {
        using var directory = new TemporaryDirectory();

        var first = await FingerprintsAsync(directory["authority"]);

        Assert.AreEqual(first, await FingerprintsAsync(directory["authority"]));
    }

    [TestMethod]
    [DataRow("empty")]
    [DataRow("garbage")]
    [DataRow("cut short")]
    [DataRow("one character changed")]
    [DataRow("something after the end")]
    [DataRow("far too long")]
    public async Task LoadOrCreate_WhenTheFileIsDamaged_MakesANewAuthority(string damage)
    {
        using var directory = new TemporaryDirectory();
        var first = await FingerprintsAsync(await SharedDevelopmentAuthority.WriteAsync(directory, TestContext.CancellationToken));
        var path = directory["authority", "authority.pem"];
        var text = await File.ReadAllTextAsync(path, TestContext.CancellationToken);
        // Writing over the file keeps its permissions: the damage alone is under test.
        await File.WriteAllTextAsync(path, Damage(text, damage), TestContext.CancellationToken);

        var second = await FingerprintsAsync(directory["authority"]);

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(second, await FingerprintsAsync(directory["authority"]));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenACrashLeftATemporaryFile_IsNotDisturbed()
    {
        using var directory = new TemporaryDirectory();
        var expected = await FingerprintsAsync(await SharedDevelopmentAuthority.WriteAsync(directory, TestContext.CancellationToken));
        await File.WriteAllTextAsync(directory["authority", "authority.pem.abc.tmp"], "half", TestContext.CancellationToken);

        Assert.AreEqual(expected, await FingerprintsAsync(directory["authority"]));
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenTheDirectoryCannotBeMade_SaysWhatToDo()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["file"], "", TestContext.CancellationToken);

        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(
            () => DevelopmentAuthority.LoadOrCreateAsync(directory["file", "authority"], TimeProvider.System, TestContext.CancellationToken));

        Assert.AreEqual("SGN3005", exception.Diagnostic.Code);
        Assert.AreEqual(directory["file", "authority"], exception.Diagnostic.File);
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenTheUserHasNoFolder_SaysWhatToDo()
    {
        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(
            () => DevelopmentAuthority.LoadOrCreateAsync("Sign.Build/development", TimeProvider.System, TestContext.CancellationToken));

        Assert.AreEqual("SGN3005", exception.Diagnostic.Code);
        StringAssert.Contains(exception.Message, "HOME");
    }

    private static string Damage(string text, string damage)
    {
        var middle = text.IndexOf("MII", StringComparison.Ordinal) + 40;
        return damage switch
        {
            "empty" => "",
            "garbage" => new string('x', 500),
            "cut short" => text[..(text.Length / 2)],
            "one character changed" => text[..middle] + (text[middle] == 'A' ? 'B' : 'A') + text[(middle + 1)..],
            "something after the end" => text + "more",
            "far too long" => text + new string(' ', 1 << 20),
            _ => throw new ArgumentOutOfRangeException(nameof(damage), damage, null),
        };
    }

    private async Task<string> FingerprintsAsync(string directory)
    {
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory, new FixedClock(SharedDevelopmentAuthority.Created), TestContext.CancellationToken);
        using var identity = authority.CreateIdentity();
        return Fingerprint.Sha256(authority.Root) + " " + identity.Fingerprint;
    }
}
