using NuGet.Common;
using NuGet.Packaging.Signing;
using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

[TestClass]
public sealed class PackageArchiveSignatureDefectTests
{
    private static readonly ZipEntrySpec Manifest = new("a.nuspec", [1, 2, 3]);
    private static readonly ZipEntrySpec Signature = new(SignatureEntry.Name, [4, 5, 6, 7]);

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<(ZipEntrySpec[], string)> Defects() =>
    [
        ([Signature with { ExternalAttributes = 2175008768 }], "external attributes"),
        ([Signature with { Flags = 8, LocalFlags = 0 }], "central directory header of .signature.p7s has general purpose bits"),
        ([Signature with { Flags = 0, LocalFlags = 8 }], "local file header of .signature.p7s has general purpose bits"),
        ([Signature with { Flags = 1 << 11 }], "general purpose bits"),
        ([Signature with { Method = 8, LocalMethod = 0 }], "central directory header of .signature.p7s says that it is compressed"),
        ([Signature with { LocalMethod = 8 }], "local file header of .signature.p7s says that it is compressed"),
        ([Signature with { UncompressedSize = 9 }], "central directory header of .signature.p7s states a compressed size"),
        ([Signature with { LocalUncompressedSize = 9 }], "local file header of .signature.p7s states a compressed size"),
        ([Signature, Signature], "more than one"),
    ];

    [TestMethod]
    [DynamicData(nameof(Defects))]
    public async Task SignatureEntryDefects_OfWhatNuGetRefuses_NameTheField(ZipEntrySpec[] signatures, string defect)
    {
        var package = new ZipSpec([Manifest, .. signatures]).ToBytes();
        var refusal = await Assert.ThrowsExactlyAsync<SignatureException>(() => NuGetArchive.UnsignAsync(package, TestContext.CancellationToken));
        using var directory = new TemporaryDirectory();

        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);

        Assert.AreEqual(NuGetLogCode.NU3005, refusal.Code);
        Assert.IsNotNull(archive.SignatureEntry);
        Assert.Contains(defect, archive.SignatureEntryDefects[0]);
        Assert.AreEqual(archive.SignatureEntryDefects[0], archive.SignatureObstacle);
    }

    [TestMethod]
    [DataRow(".SIGNATURE.P7S")]
    [DataRow("sub/.signature.p7s")]
    [DataRow(".signature.p7s.txt")]
    public void SignatureEntry_OfAnotherName_IsContent(string name)
    {
        using var directory = new TemporaryDirectory();

        using var archive = ArchiveFile.Open(directory["p.nupkg"], new ZipSpec([Manifest, Signature with { Name = name }]).ToBytes());

        Assert.IsNull(archive.SignatureEntry);
        Assert.IsEmpty(archive.SignatureEntryDefects);
        Assert.IsTrue(archive.CanTakeSignature);
    }

    [TestMethod]
    public async Task SignatureEntryDefects_WithAnotherLocalName_NameIt()
    {
        var package = new ZipSpec([Manifest, Signature with { LocalName = ".signature.p7z" }]).ToBytes();
        using var directory = new TemporaryDirectory();

        using var archive = ArchiveFile.Open(directory["p.nupkg"], package);

        await Assert.ThrowsExactlyAsync<SignatureException>(() => NuGetArchive.ValidateAsync(package, new byte[32], TestContext.CancellationToken));
        Assert.AreEqual("The local file header of .signature.p7s has another name.", archive.SignatureEntryDefects.Single());
    }

    [TestMethod]
    public async Task HashContent_WithTwoSignatureEntries_Throws()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], new ZipSpec([Manifest, Signature, Signature]).ToBytes());

        await Assert.ThrowsExactlyAsync<ArchiveFormatException>(() => archive.HashContentAsync([System.Security.Cryptography.HashAlgorithmName.SHA256], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task ReadSignature_WhenItClaimsMoreThanItsEntryHas_Throws()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], new ZipSpec([Manifest, Signature with { LocalUncompressedSize = 4000 }]).ToBytes());

        var exception = await Assert.ThrowsExactlyAsync<ArchiveFormatException>(() => archive.ReadSignatureAsync(TestContext.CancellationToken));

        Assert.Contains("longer than the space", exception.Message);
    }

    [TestMethod]
    public async Task ReadSignature_WhenItClaimsGigabytes_ThrowsWithoutReading()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], new ZipSpec([Manifest, Signature with { LocalUncompressedSize = 0xFFFF_0000 }]).ToBytes());

        var exception = await Assert.ThrowsExactlyAsync<ArchiveFormatException>(() => archive.ReadSignatureAsync(TestContext.CancellationToken));

        Assert.Contains("4294901760 bytes", exception.Message);
    }

    [TestMethod]
    public async Task ReadSignature_OfAnUnsignedPackage_Throws()
    {
        using var directory = new TemporaryDirectory();
        using var archive = ArchiveFile.Open(directory["p.nupkg"], new ZipSpec([Manifest]).ToBytes());

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => archive.ReadSignatureAsync(TestContext.CancellationToken));
    }
}
