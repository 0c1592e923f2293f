using Sign.Build.Core.Configuration;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class PackageBatchFailureTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task SignAsync_WhenOneOfManyIsBad_SignsTheOthers()
    {
        await using var folder = await SigningFolder.StartAsync();
        string[] paths = [folder.CreatePackage("A"), folder.CreatePackage("B"), folder.CreatePackage("C")];
        await File.WriteAllTextAsync(paths[1], "no zip", TestContext.CancellationToken);

        var signed = await PackageBatch.SignAsync(folder.Session, paths, folder.Log, TestContext.CancellationToken);

        CollectionAssert.AreEqual(new[] { "A", "C" }, signed.Select(package => package.Identity.Id).ToArray());
        Assert.AreEqual("2 packages signed, 0 kept their signature, 1 failed.", folder.Log.ImportantLines[^1]);
    }

    [TestMethod]
    public async Task SignAsync_WhenRejectedPackagesAreKept_LeavesThePackage()
    {
        await using var folder = await SigningFolder.StartAsync();
        folder.Settings = folder.Settings with
        {
            RejectedPackages = RejectedPackageBehavior.Keep,
            Certificate = new CertificateSettings { Path = Path.Combine(folder.Directory, "missing.pfx") },
        };
        var path = folder.CreatePackage();

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken));

        Assert.AreEqual("SGN2001", failure.Diagnostic.Code);
        CollectionAssert.AreEqual(new[] { Path.GetFileName(path) }, folder.FilesOf(path));
    }

    [TestMethod]
    public async Task SignAsync_WhenCertificateIsExpired_QuarantinesBeforeTheKeyIsUsed()
    {
        await using var folder = await SigningFolder.StartAsync();
        var expired = TestPki.Shared.Intermediate.Issue(new TestCertificateOptions { NotBefore = DateTimeOffset.UtcNow.AddDays(-10), NotAfter = DateTimeOffset.UtcNow.AddDays(-1) });
        folder.Settings = folder.Settings with { Certificate = new CertificateSettings { Path = folder.WriteCertificate(expired) } };
        var path = folder.CreatePackage();

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken));

        Assert.AreEqual(("SGN5009", 0), (failure.Diagnostic.Code, folder.Timestamps.RequestCount));
        CollectionAssert.AreEqual(new[] { Path.GetFileName(path) + ".rejected" }, folder.FilesOf(path));
    }
}
