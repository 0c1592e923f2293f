using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>
/// Everything that can be wrong with a signed package, one thing each, over the roots of <see cref="TestPki.Shared"/>,
/// with revocation not checked. Some are not wrong: what the format allows must not be rejected.
/// </summary>
public static class BrokenPackages
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static readonly TestSignatureOptions Author = new();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BrokenPackage> All { get; } =
        [.. Attributes(), .. Cms(), .. Contents(), .. Timestamps(), .. Countersignatures(), .. Archives(), .. Signers(), .. TimestampAuthorities(), .. Times()];

    /// <summary>The one of that name.</summary>
    public static BrokenPackage Get(string name) => All.Single(package => package.Name == name);

    private static IEnumerable<BrokenPackage> Attributes() =>
    [
        Signed("right", "", "", "", Author),
        Signed("attr-none", "Invalid", "SGN5002", "SGN5002", Author with { CommitmentTypes = [] }),
        Signed("attr-malformed", "NU3003", "SGN5002 SGN5006", "SGN5002 SGN5006", Author with { CommitmentTypes = [], MalformedCommitmentType = true }),
        Signed("attr-both", "NU3000", "SGN5006", "SGN5006", Author with { CommitmentTypes = [Oids.ProofOfOrigin, Oids.ProofOfReceipt] }),
        Signed("attr-repo-nourl", "NU3000", "SGN5002", "SGN5006", TestSignatureOptions.Repository with { ServiceIndexUrl = null }),
        Signed("attr-repo-httpurl", "NU3000", "SGN5002", "SGN5006", TestSignatureOptions.Repository with { ServiceIndexUrl = "http://feed.example/v3/index.json" }),
        Signed("attr-repo", "Invalid", "SGN5002", "", TestSignatureOptions.Repository),
        Signed("attr-notime", "NU3011", "SGN5006", "SGN5006", Author with { OmitSigningTime = true }),
        Signed("attr-time-future", "", "", "", Author with { SigningTime = Now.AddYears(1) }),
        Signed("ess-none", "NU3011", "SGN5006", "SGN5006", Author with { OmitSigningCertificateV2 = true }),
        Signed("ess-v1-present", "NU3011", "SGN5006", "SGN5006", Author with { AddSigningCertificateV1 = true }),
        Signed("ess-v1-only", "NU3011", "SGN5006", "SGN5006", Author with { AddSigningCertificateV1 = true, OmitSigningCertificateV2 = true }),
        Signed("ess-sha1", "NU3011", "SGN5006", "SGN5006", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(Leaf, HashAlgorithmName.SHA1) }),
        Signed("ess-noissuer", "NU3011", "SGN5006", "SGN5006", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(Leaf, issuerSerial: false) }),
        Signed("ess-othercert", "NU3011", "SGN5006", "SGN5006", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(TestPki.Shared.Timestamping.Certificate) }),
        Signed("ess-garbage", "NU3003", "SGN5006", "SGN5006", Author with { SigningCertificateV2 = [0x30, 0x03, 0x02, 0x01, 0x05] }),
        Signed("ess-explicit-sha256", "", "", "", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(Leaf, writeAlgorithm: true) }),
        Signed("ess-implicit-sha256", "", "", "", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(Leaf) }),
        Signed("ess-sha512", "", "", "", () => Author with { SigningCertificateV2 = TestEss.EncodeV2(Leaf, HashAlgorithmName.SHA512) }),
    ];

    private static IEnumerable<BrokenPackage> Cms() =>
    [
        Signed("cms-nocerts", "NU3010", "SGN5006", "SGN5006", Author with { Certificates = TestEmbeddedCertificates.None }),
        Signed("cms-nosigner", "NU3010", "SGN5006", "SGN5006", Author with { Certificates = TestEmbeddedCertificates.WithoutSigner }),
        Signed("cms-nointermediate", "NU3012", "SGN5010", "SGN5010", Author with { Certificates = TestEmbeddedCertificates.WithoutIntermediates }),
        Signed("cms-digest-sha1", "", "SGN5014", "SGN5014", () => Author with { DigestAlgorithm = HashAlgorithmName.SHA1, SigningCertificateV2 = TestEss.EncodeV2(Leaf) }),
        Signed("cms-digest-sha512", "", "", "", Author with { DigestAlgorithm = HashAlgorithmName.SHA512 }),
        Signed("cms-sha384", "", "", "", Author with { HashAlgorithm = HashAlgorithmName.SHA384 }),
        Signed("cms-sha512", "", "", "", Author with { HashAlgorithm = HashAlgorithmName.SHA512 }),
        Signed("cms-pss", "", "SGN5014", "SGN5014", Author with { Padding = RSASignaturePadding.Pss }),
        Signed("cms-contenttype", "", "SGN5006", "SGN5006", Author with { ContentType = Oids.TstInfo }),
        Signed("two-signers", "NU3009", "SGN5006", "SGN5006", () => Author with { SecondSigner = MatrixCertificates.SignerRsa3072.Value }),
        Signed("sig-corrupt", "NU3012", "SGN5006 SGN5013", "SGN5006 SGN5013", Author with { CorruptSignature = true }),
        Entry("p7s-notcms", "NU3003", "SGN5006", "SGN5006", _ => "this is no signature"u8.ToArray()),
        Entry("p7s-empty", "NU3003", "SGN5006", "SGN5006", _ => []),
        Entry("p7s-trailing", "", "SGN5006", "SGN5006", signature => [.. signature, 0]),
        Entry("p7s-otherpackage", "NU3008", "SGN5005", "SGN5005", _ => TestSignature.Create(TestPackages.CreateUnsignedBytes(version: "2.0.0"))),
        Entry("p7s-truncated", "NU3003", "SGN5006", "SGN5006", signature => signature[..^100]),
    ];

    private static IEnumerable<BrokenPackage> Contents() =>
    [
        Signed("content-v2", "NU3007", "SGN5006", "SGN5006", Author with { Content = text => text.Replace("Version:1", "Version:2", StringComparison.Ordinal) }),
        Signed("content-garbage", "NU3000", "SGN5006", "SGN5006", Author with { Content = _ => "garbage" }),
        Signed("content-blank", "NU3000", "SGN5006", "SGN5006", Author with { Content = _ => "\n" }),
        Signed("content-sha1-oid", "NU3000", "SGN5006", "SGN5006", Author with { Content = text => text.Replace(Oids.Sha256, Oids.Sha1, StringComparison.Ordinal) }),
        Signed("content-dup-key", "NU3000", "SGN5006", "SGN5006", Author with { Content = text => text[..^1] + text[11..] }),
        Signed("content-nohash", "NU3000", "SGN5006", "SGN5006", Author with { Content = _ => "Version:1\n\n" }),
        Signed("content-no-final-blank", "NU3000", "SGN5006", "SGN5006", Author with { Content = text => text[..^1] }),
        Signed("content-crlf", "", "", "", Author with { Content = text => text.Replace("\n", "\r\n", StringComparison.Ordinal) }),
        Signed("content-wronghash", "NU3008", "SGN5005", "SGN5005", Author with { Content = text => Flip(text) }),
        Signed("content-nobase64", "NU3008", "SGN5006", "SGN5006", Author with { Content = text => text.Replace("Hash:", "Hash:*", StringComparison.Ordinal) }),
    ];

    private static IEnumerable<BrokenPackage> Timestamps() =>
    [
        Signed("ts-none", "NU3027", "SGN5003", "SGN5003", Author with { Timestamps = [] }),
        Signed("ts-two", "NU3000", "SGN5004", "SGN5004", Author with { Timestamps = [new(), new()] }),
        Signed("ts-otherdata", "NU3019", "SGN5013", "SGN5013", Author with { TimestampOtherData = true }),
        Stamped("ts-imprint-sha1", "NU3030", "SGN5014", "SGN5014", () => new() { ImprintAlgorithm = HashAlgorithmName.SHA1 }),
        Stamped("ts-imprint-wrong", "NU3019", "SGN5013", "SGN5013", () => new() { WrongImprint = true }),
        Stamped("ts-notatoken", "NU3021", "SGN5013", "SGN5013", () => new() { NotTstInfo = true }),
        Signed("ts-garbage", "NU3003", "SGN5013", "SGN5013", Author with { Token = _ => [0x04, 0x02, 1, 2] }),
        Stamped("ts-corrupt", "NU3021", "SGN5013", "SGN5013", () => new() { CorruptSignature = true }),
        Stamped("ts-noess", "NU3021", "SGN5013", "SGN5013", () => new() { OmitSigningCertificate = true }),
        Stamped("ts-ess-othercert", "NU3021", "SGN5013", "SGN5013", () => new() { SigningCertificateOf = Leaf }),
        Stamped("ts-ess-v1", "", "", "", () => new() { SigningCertificateV1 = true }),
        Stamped("ts-nocerts", "NU3020", "SGN5013", "SGN5013", () => new() { OmitCertificates = true }),
        Stamped("ts-twosigners", "NU3021", "SGN5013", "SGN5013", () => new() { SecondSigner = MatrixCertificates.TimestampBelowIntermediate.Value }),
        Stamped("ts-digest-sha1", "NU3024", "SGN5014", "SGN5014", () => new() { DigestAlgorithm = HashAlgorithmName.SHA1 }),
        Stamped("ts-digest-sha512", "", "", "", () => new() { DigestAlgorithm = HashAlgorithmName.SHA512 }),
        Stamped("ts-accuracy", "", "", "", () => new() { Accuracy = TimeSpan.FromSeconds(1) }),
        Stamped("ts-noissuers", "", "", "", () => new() { OmitIssuers = true }),
        Stamped("ts-nointermediate", "NU3028", "SGN5010", "SGN5010", () => new() { Signer = MatrixCertificates.TimestampBelowIntermediate.Value, OmitIssuers = true }),
    ];

    // nuget.org takes repository signatures off before it looks at the package, so they matter under Private only.
    private static IEnumerable<BrokenPackage> Countersignatures() =>
    [
        Signed("counter-author", "", "SGN5019", "SGN5019", Author with { Countersignatures = [Author] }),
        Signed("counter-both", "NU3000", "SGN5006", "SGN5006", Author with { Countersignatures = [Author with { CommitmentTypes = [Oids.ProofOfOrigin, Oids.ProofOfReceipt] }] }),
        Signed("counter-malformed", "NU3003", "SGN5006", "SGN5006", Author with { Countersignatures = [Author with { CommitmentTypes = [], MalformedCommitmentType = true }] }),
        Signed("counter-none", "", "", "", Author with { Countersignatures = [Author with { CommitmentTypes = [] }] }),
        Signed("counter-repo", "", "", "", Author with { Countersignatures = [TestSignatureOptions.Repository] }),
        Signed("counter-repo-two", "", "", "SGN5006", Author with { Countersignatures = [TestSignatureOptions.Repository, TestSignatureOptions.Repository] }),
        Signed("repo-counter-repo", "Invalid", "SGN5002", "SGN5006", TestSignatureOptions.Repository with { Countersignatures = [TestSignatureOptions.Repository] }),
    ];

    private static IEnumerable<BrokenPackage> Archives() =>
    [
        new("unsigned", () => TestPackages.CreateUnsignedBytes(), "NU3004", "SGN5001", "SGN5001"),
        Zip("zip-extattr", "NU3005", new() { ExternalAttributes = 2175008768 }),
        Zip("zip-gpbit", "NU3005", new() { Flags = 2 }),
        Zip("zip-gpbit-local", "NU3005", new() { LocalFlags = 2 }),
        Zip("zip-utf8bit", "NU3005", new() { Flags = 0x800 }),
        Zip("zip-method", "NU3005", new() { Method = 8 }),
        Zip("zip-method-directory", "NU3005", new() { DirectoryMethod = 8 }),
        Zip("zip-sizes", "NU3005", new() { UncompressedSizeError = 1 }),
        Zip("zip-sizes-directory", "NU3005", new() { DirectoryUncompressedSizeError = 1 }),
        new("zip-two-entries", () => TestSignedPackages.CreateBytes(entry: new() { Copies = 2 }), "NU3005", "SGN5006", "SGN5006"),
        Zip("zip-uppercase", "NU3004", new() { Name = ".SIGNATURE.P7S" }, "SGN5001"),
        Zip("zip-crc", "", new() { Crc = 0x12345678 }, ""),
        Zip("zip-dostime", "", new() { DosTime = 0x21 }, ""),
        Zip("zip-verneeded", "", new() { VersionNeeded = 10, VersionMadeBy = 0x31E }, ""),
        Zip("zip-first", "", new() { First = true }, ""),
        new("zip-comment", () => TestSignedPackages.CreateBytes(package: new() { Comment = "made by hand" }), "", "", ""),
        Edited("zip-deleted", "NU3004", "SGN5001", archive => archive.GetEntry(".signature.p7s")!.Delete()),
        Edited("zip-readded", "NU3005", "SGN5006", archive =>
        {
            var old = archive.GetEntry(".signature.p7s")!;
            using var copy = new MemoryStream();
            using (var stream = old.Open())
            {
                stream.CopyTo(copy);
            }

            old.Delete();
            Add(archive, ".signature.p7s", copy.ToArray());
        }),
        Edited("zip-sub", "NU3008", "SGN5005", archive => Add(archive, "sub/.signature.p7s", [1, 2, 3]), rewritesSignature: false),
        Edited("zip-fileadded", "NU3008", "SGN5005", archive => Add(archive, "tools/evil.ps1", "evil"u8.ToArray()), rewritesSignature: false),
        new("zip-trailing", () => [.. TestSignedPackages.CreateBytes(), 1], "NU3008", "SGN5005", "SGN5005"),
        new("zip-prefix", () => [1, .. TestSignedPackages.CreateBytes()], "InvalidDataException", "SGN3002", "SGN3002"),
        new("zip-truncated", () => TestSignedPackages.CreateBytes()[..^30], "InvalidDataException", "SGN3002", "SGN3002"),
        new("zip-empty", () => [], "InvalidDataException", "SGN3002", "SGN3002"),
        new("zip-text", () => Encoding.UTF8.GetBytes("not found"), "InvalidDataException", "SGN3002", "SGN3002"),
        new("zip-content-flipped", FlippedContent, "NU3008", "SGN5005", "SGN5005"),
        new("zip64", () => TestSignedPackages.CreateBytes(entry: new() { Extra = [1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8] }), "", "SGN5018", "SGN5018"),
    ];

    private static IEnumerable<BrokenPackage> Signers() =>
    [
        By("signer-rsa1024", "NU3014", "SGN5007", () => MatrixCertificates.SignerRsa1024),
        By("signer-rsa3072", "", "", () => MatrixCertificates.SignerRsa3072),
        By("signer-ecdsa", "NU3014", "SGN5007", () => MatrixCertificates.SignerEcdsa),
        By("signer-issued-pss", "NU3013", "SGN5014", () => MatrixCertificates.SignerIssuedWithPss),
        By("signer-issued-sha1", "NU3013", "SGN5014", () => MatrixCertificates.SignerIssuedWithSha1),
        By("signer-issued-sha512", "", "", () => MatrixCertificates.SignerIssuedWithSha512),
        By("signer-lifetime", "NU3015", "SGN5008", () => MatrixCertificates.SignerLifetime),
        By("signer-serverauth", "NU3012", "SGN5008", () => MatrixCertificates.SignerForServers),
        By("signer-timestamping", "NU3012", "SGN5008", () => MatrixCertificates.SignerForTimestamps),
        By("signer-nousages", "", "", () => MatrixCertificates.SignerWithoutUsages),
        By("signer-noidentifiers", "", "", () => MatrixCertificates.SignerWithoutKeyIdentifiers),
        By("signer-untrusted", "NU3018", "SGN5010", () => MatrixCertificates.SignerUntrusted),
        By("signer-selfsigned", "NU3018", "SGN5010", () => MatrixCertificates.SignerSelfSigned),
        By("signer-below-leaf", "NU3012", "SGN5010", () => MatrixCertificates.SignerBelowLeaf),
        By("signer-critical-extension", "NU3012", "SGN5010", () => MatrixCertificates.SignerWithUnknownCriticalExtension),
        By("signer-server-intermediate", "NU3012", "SGN5008", () => MatrixCertificates.SignerBelowServerIntermediate),
        Signed("signer-weak-intermediate", "", "SGN5014", "", () => Author with { Signer = MatrixCertificates.SignerBelowWeakIntermediate.Value }),
        Signed("signer-expired-intermediate", "", "SGN5009", "", () => Author with { Signer = MatrixCertificates.SignerBelowExpiredIntermediate.Value }),
        By("signer-notyet", "NU3017", "SGN5009", () => MatrixCertificates.SignerNotYetValid),
        By("signer-expired", "NU3037", "SGN5009", () => MatrixCertificates.SignerExpired),
    ];

    private static IEnumerable<BrokenPackage> TimestampAuthorities() =>
    [
        Stamped("tsa-rsa1024", "NU3023", "SGN5007", "SGN5007", () => new() { Signer = MatrixCertificates.TimestampRsa1024.Value }),
        Stamped("tsa-ecdsa", "NU3023", "SGN5007", "SGN5007", () => new() { Signer = MatrixCertificates.TimestampEcdsa.Value }),
        Stamped("tsa-issued-pss", "NU3022", "SGN5014", "SGN5014", () => new() { Signer = MatrixCertificates.TimestampIssuedWithPss.Value }),
        Stamped("tsa-issued-sha1", "NU3022", "SGN5014", "SGN5014", () => new() { Signer = MatrixCertificates.TimestampIssuedWithSha1.Value }),
        Stamped("tsa-codesigning", "NU3028", "SGN5008", "SGN5008", () => new() { Signer = MatrixCertificates.TimestampForCode.Value }),
        Stamped("tsa-nousages", "", "SGN5008", "SGN5008", () => new() { Signer = MatrixCertificates.TimestampWithoutUsages.Value }),
        Stamped("tsa-notcritical", "", "SGN5008", "SGN5008", () => new() { Signer = MatrixCertificates.TimestampUsageNotCritical.Value }),
        Stamped("tsa-severalusages", "", "SGN5008", "SGN5008", () => new() { Signer = MatrixCertificates.TimestampSeveralUsages.Value }),
        Stamped("tsa-untrusted", "NU3028", "SGN5010", "SGN5010", () => new() { Signer = MatrixCertificates.TimestampUntrusted.Value }),
        Stamped("tsa-intermediate", "", "", "", () => new() { Signer = MatrixCertificates.TimestampBelowIntermediate.Value }),
        Stamped("tsa-notyet", "NU3025", "SGN5009", "SGN5009", () => new() { Signer = MatrixCertificates.TimestampNotYetValid.Value }),
        Stamped("tsa-expired", "NU3036", "SGN5009", "SGN5009", () => new() { Signer = MatrixCertificates.TimestampExpired.Value }),
    ];

    private static IEnumerable<BrokenPackage> Times() =>
    [
        // Timestamped while both certificates were valid; nuget.org wants them valid when it takes the package, a mirror does not.
        Signed("time-signer-expired-since", "", "SGN5009", "", () => Author with
        {
            Signer = MatrixCertificates.SignerExpired.Value, SigningTime = Now.AddDays(-20), Timestamps = [new() { Time = Now.AddDays(-20) }],
        }),
        Signed("time-tsa-expired-since", "", "SGN5009", "", () => Author with
        {
            Signer = MatrixCertificates.SignerExpired.Value, SigningTime = Now.AddDays(-20), Timestamps = [new() { Time = Now.AddDays(-20), Signer = MatrixCertificates.TimestampExpired.Value }],
        }),
        Stamped("time-before-signer", "NU3037", "SGN5009", "SGN5009", () => new() { Time = Now.AddDays(-40) }),
        Stamped("time-before-tsa", "NU3036", "SGN5009", "SGN5009", () => new() { Time = Now.AddYears(-6) }),
        Stamped("time-future", "", "SGN5013", "SGN5013", () => new() { Time = Now.AddDays(5) }),
        Signed("time-accuracy-over-end", "NU3037", "SGN5009", "SGN5009", () => Author with
        {
            Signer = MatrixCertificates.SignerExpired.Value, Timestamps = [new() { Time = Now.AddDays(-10).AddSeconds(-30), Accuracy = TimeSpan.FromMinutes(1) }],
        }),
    ];

    private static System.Security.Cryptography.X509Certificates.X509Certificate2 Leaf => TestPki.Shared.CodeSigning.Certificate;

    private static BrokenPackage Signed(string name, string nuGet, string nuGetOrg, string onPrivate, TestSignatureOptions signature) =>
        Signed(name, nuGet, nuGetOrg, onPrivate, () => signature);

    private static BrokenPackage Signed(string name, string nuGet, string nuGetOrg, string onPrivate, Func<TestSignatureOptions> signature) =>
        new(name, () => TestSignedPackages.CreateBytes(signature: signature()), nuGet, nuGetOrg, onPrivate);

    private static BrokenPackage Stamped(string name, string nuGet, string nuGetOrg, string onPrivate, Func<TestTimestampOptions> timestamp) =>
        Signed(name, nuGet, nuGetOrg, onPrivate, () => Author with { Timestamps = [timestamp()] });

    private static BrokenPackage By(string name, string nuGet, string codes, Func<Lazy<TestCertificate>> signer) =>
        Signed(name, nuGet, codes, codes, () => Author with { Signer = signer().Value });

    private static BrokenPackage Zip(string name, string nuGet, TestSignatureEntryOptions entry, string codes = "SGN5006") =>
        new(name, () => TestSignedPackages.CreateBytes(entry: entry), nuGet, codes, codes);

    private static BrokenPackage Entry(string name, string nuGet, string nuGetOrg, string onPrivate, Func<byte[], byte[]> change) =>
        new(name, () =>
        {
            var content = TestPackages.CreateUnsignedBytes();
            return TestSignedPackages.Insert(content, change(TestSignature.Create(content)));
        }, nuGet, nuGetOrg, onPrivate);

    private static BrokenPackage Edited(string name, string nuGet, string codes, Action<ZipArchive> edit, bool rewritesSignature = true) => new(name, () =>
    {
        var content = TestPackages.CreateUnsignedBytes();
        var signature = TestSignature.Create(content);
        if (!rewritesSignature)
        {
            return TestSignedPackages.Insert(Edit(content, edit), signature);
        }

        return Edit(TestSignedPackages.Insert(content, signature), edit);
    }, nuGet, codes, codes);

    private static byte[] Edit(byte[] package, Action<ZipArchive> edit)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            edit(archive);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    private static string Flip(string text)
    {
        var at = text.IndexOf("Hash:", StringComparison.Ordinal) + 10;
        return text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
    }

    private static byte[] FlippedContent()
    {
        var package = TestSignedPackages.CreateBytes();
        package[2000] ^= 1;
        return package;
    }
}
