using System.Security.Cryptography;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>Files that cannot be signed: one coded error, and the very bytes under a name that no push takes.</summary>
[TestClass]
public sealed class BadPackageTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("empty", "SGN3002")]
    [DataRow("not a zip", "SGN3002")]
    [DataRow("truncated", "SGN3002")]
    [DataRow("one byte short", "SGN3002")]
    [DataRow("65534 entries", "SGN3003")]
    [DataRow("Zip64", "SGN3003")]
    public async Task Sign_WhenTheFileIsBad_IsOneErrorAndTheBytesAreKept(string kind, string code)
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        var content = Content(kind);
        var path = directory["Bad.1.0.0.nupkg"];
        await File.WriteAllBytesAsync(path, content, TestContext.CancellationToken);

        var signed = await rig.SignAsync([path], TestContext.CancellationToken);

        Assert.IsEmpty(signed);
        Assert.AreEqual(code, rig.Codes);
        Assert.AreEqual(path, rig.Log.Diagnostics.Single().File);
        AssertOnly(directory, "Bad.1.0.0.nupkg.rejected", content);
        Assert.AreEqual(0, timestamps.RequestCount);
    }

    [TestMethod]
    public async Task Sign_WhenABadFileIsKept_ItIsUntouched()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        rig.Settings = rig.Settings with { RejectedPackages = RejectedPackageBehavior.Keep };
        var content = Content("truncated");
        await File.WriteAllBytesAsync(directory["Bad.1.0.0.nupkg"], content, TestContext.CancellationToken);

        await rig.SignAsync([directory["Bad.1.0.0.nupkg"]], TestContext.CancellationToken);

        Assert.AreEqual("SGN3002", rig.Codes);
        AssertOnly(directory, "Bad.1.0.0.nupkg", content);
    }

    [TestMethod]
    public async Task Sign_WhenOneOfSeveralIsBad_TheOthersAreSigned()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);
        await File.WriteAllBytesAsync(directory["Bad.1.0.0.nupkg"], Content("truncated"), TestContext.CancellationToken);
        var good = TestPackages.CreateUnsigned(directory.Path, "Good");

        var signed = await rig.SignAsync([directory["Bad.1.0.0.nupkg"], good], TestContext.CancellationToken);

        Assert.AreEqual(good, signed.Single().Path);
        Assert.AreEqual("SGN3002", rig.Codes);
        Assert.AreEqual("Bad.1.0.0.nupkg.rejected Good.1.0.0.nupkg", Names(directory));
    }

    [TestMethod]
    public async Task Sign_WhenThereIsNoTimestamp_ThePackageIsQuarantinedAsItWas()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        using var rig = new SigningRig(timestamps);
        var path = TestPackages.CreateUnsigned(directory.Path, "Lib");
        var content = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        await rig.SignAsync([path], TestContext.CancellationToken);

        Assert.AreEqual("SGN4001", rig.Codes);
        AssertOnly(directory, "Lib.1.0.0.nupkg.rejected", content);
    }

    [TestMethod]
    public async Task Sign_WhenTheFileIsMissing_IsOneError()
    {
        using var directory = new TemporaryDirectory();
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var rig = new SigningRig(timestamps);

        await rig.SignAsync([directory["Gone.1.0.0.nupkg"]], TestContext.CancellationToken);

        Assert.AreEqual("SGN3001", rig.Codes);
    }

    private static byte[] Content(string kind)
    {
        var package = TestPackages.CreateUnsignedBytes();
        return kind switch
        {
            "empty" => [],
            "not a zip" => RandomNumberGenerator.GetBytes(5000),
            "truncated" => package[..(package.Length / 2)],
            "one byte short" => package[..^1],
            // A package has four entries already.
            "65534 entries" => TestPackages.CreateUnsignedBytes(options: new TestPackageOptions { ExtraEntries = 65530 }),
            "Zip64" => TestPackages.CreateUnsignedBytes(options: new TestPackageOptions { ExtraEntries = 65536 }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static void AssertOnly(TemporaryDirectory directory, string name, byte[] content)
    {
        Assert.AreEqual(name, Names(directory));
        Assert.IsTrue(content.AsSpan().SequenceEqual(File.ReadAllBytes(directory[name])), "The bytes changed.");
    }

    private static string Names(TemporaryDirectory directory) =>
        string.Join(' ', Directory.GetFiles(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
