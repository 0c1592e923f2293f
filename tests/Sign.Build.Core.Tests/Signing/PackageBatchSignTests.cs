using Sign.Build.Core.Certificates;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;
using Signature = Sign.Build.Testing.SignedPackage;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class PackageBatchSignTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task SignAsync_WhenPackageIsUnsigned_NuGetReadsOneTimestampedAuthorSignature(string algorithm)
    {
        await using var folder = await SigningFolder.StartAsync();
        folder.Settings = folder.Settings with
        {
            HashAlgorithm = new(algorithm),
            Timestamp = folder.Settings.Timestamp with { HashAlgorithm = new(algorithm) },
        };
        var path = folder.CreatePackage();

        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

        var expected = Signature.ByAuthor("Test.Package 1.0.0", Fingerprint.Sha256(TestPki.Shared.CodeSigning.Certificate));
        var actual = await Signature.ReadAsync(path, TestContext.CancellationToken);
        Assert.AreEqual((expected.Type, expected.Fingerprint.ToUpperInvariant(), 1, true), (actual.Type, actual.Fingerprint.ToUpperInvariant(), actual.Timestamps, actual.IsIntact));
        CollectionAssert.AreEqual(new[] { Path.GetFileName(path) }, folder.FilesOf(path));
    }

    [TestMethod]
    public async Task SignAsync_WhenPackageIsUnsigned_OpenSslAcceptsSignatureAndTimestamp()
    {
        OpenSsl.RequireOrInconclusive();
        await using var folder = await SigningFolder.StartAsync();
        var path = folder.CreatePackage();

        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

        var signature = await Signature.ReadSignatureAsync(path, TestContext.CancellationToken);
        var result = await OpenSsl.VerifyCmsAsync(signature, TestPki.Shared.Roots);
        Assert.AreEqual(0, result.ExitCode, result.Output);
    }

    [TestMethod]
    public async Task SignAsync_WhenRunAgain_KeepsTheSignatureWithoutATimestampRequest()
    {
        await using var folder = await SigningFolder.StartAsync();
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        var first = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        var second = await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

        Assert.AreEqual((SigningOutcome.Reused, 1), (second[0].Outcome, folder.Timestamps.RequestCount));
        CollectionAssert.AreEqual(first, await File.ReadAllBytesAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SignAsync_WhenSignedByAnotherCertificate_ReplacesTheSignature()
    {
        await using var folder = await SigningFolder.StartAsync();
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        var other = TestPki.Shared.Intermediate.Issue(new TestCertificateOptions());
        folder.Settings = folder.Settings with { Certificate = folder.Settings.Certificate with { Path = folder.WriteCertificate(other) } };

        var second = await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

        Assert.AreEqual((SigningOutcome.Signed, Fingerprint.Sha256(other.Certificate)), (second[0].Outcome, second[0].Fingerprint));
    }

    [TestMethod]
    public async Task SignAsync_WhenSignedPackageMayNotBe_FailsAndQuarantines()
    {
        await using var folder = await SigningFolder.StartAsync();
        var path = folder.CreatePackage();
        await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);
        folder.Settings = folder.Settings with { ExistingSignature = Core.Configuration.ExistingSignatureBehavior.Fail };

        var second = await PackageBatch.SignAsync(folder.Session, [path], folder.Log, TestContext.CancellationToken);

        Assert.IsEmpty(second);
        Assert.AreEqual("SGN3004", folder.Log.Diagnostics.Single().Code);
        CollectionAssert.AreEqual(new[] { Path.GetFileName(path) + ".rejected" }, folder.FilesOf(path));
    }
}
