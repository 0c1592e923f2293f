using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

/// <summary>Signers apart from their certificates are the signers that the platform finds in the whole structure.</summary>
[TestClass]
public sealed class OpenedCmsTests
{
    private static readonly TestSignatureOptions[] Kinds =
    [
        new(),
        TestSignatureOptions.Repository,
        new() { Countersignatures = [TestSignatureOptions.Repository] },
        new() { Certificates = TestEmbeddedCertificates.SignerOnly },
    ];

    [TestMethod]
    public async Task Open_OfASignature_FindsWhatThePlatformFinds()
    {
        foreach (var kind in Kinds)
        {
            var bytes = await SignatureAsync(kind);
            var platform = new SignedCms();
            platform.Decode(bytes);

            var opened = OpenedCms.Open(bytes);
            var certificates = opened.Decode(new CertificateDecoder());

            CollectionAssert.AreEquivalent(platform.Certificates.Select(Thumbprint).ToArray(), certificates.Select(Thumbprint).ToArray());
            foreach (var (expected, actual) in Signers(platform.SignerInfos).Zip(Signers(opened.Signers)))
            {
                var certificate = OpenedCms.FindSigner(actual, certificates)!;
                Assert.AreEqual(expected.Certificate!.Thumbprint, certificate.Thumbprint);
                CollectionAssert.AreEqual(expected.GetSignature(), actual.GetSignature());
                Assert.IsTrue(OpenedCms.Verifies(actual, certificate));
            }
        }
    }

    [TestMethod]
    public async Task Verifies_WithAnotherCertificate_IsFalse()
    {
        var opened = OpenedCms.Open(await SignatureAsync(new()));

        Assert.IsFalse(OpenedCms.Verifies(opened.Signers[0], TestPki.Shared.Timestamping.Certificate));
    }

    [TestMethod]
    public async Task FindSigner_WhenItsCertificateIsNotThere_GivesNothing()
    {
        var opened = OpenedCms.Open(await SignatureAsync(new() { Certificates = TestEmbeddedCertificates.WithoutSigner }));

        Assert.IsNull(OpenedCms.FindSigner(opened.Signers[0], opened.Decode(new CertificateDecoder())));
    }

    [TestMethod]
    public void FindSigner_WhenItsCertificateNamesNoKeyIdentifier_FindsWhatThePlatformFinds()
    {
        using var nameless = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { SubjectKeyIdentifier = false });
        var platform = new SignedCms(new ContentInfo([1, 2, 3]));
        platform.ComputeSignature(new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, nameless.Certificate) { IncludeOption = X509IncludeOption.EndCertOnly });

        var opened = OpenedCms.Open(platform.Encode());
        var certificate = OpenedCms.FindSigner(opened.Signers[0], opened.Decode(new CertificateDecoder()))!;

        Assert.AreEqual(platform.SignerInfos[0].Certificate!.Thumbprint, certificate.Thumbprint);
        Assert.IsTrue(OpenedCms.Verifies(opened.Signers[0], certificate));
    }

    // The platform takes every sequence for a certificate, also one that says that it has no parts.
    [TestMethod]
    public async Task Decode_WhenSomethingAmongTheCertificatesIsNone_Throws()
    {
        var bytes = await SignatureAsync(new() { Certificates = TestEmbeddedCertificates.SignerOnly, Timestamps = [] });
        var leaf = TestPki.Shared.CodeSigning.Certificate.RawData;
        bytes[bytes.AsSpan().IndexOf(leaf)] = 0x10;

        Assert.Throws<CryptographicException>(() => OpenedCms.Open(bytes).Decode(new CertificateDecoder()));
    }

    private static IEnumerable<SignerInfo> Signers(SignerInfoCollection signers) =>
        signers.Cast<SignerInfo>().SelectMany(signer => signer.CounterSignerInfos.Cast<SignerInfo>().Prepend(signer));

    private static string Thumbprint(X509Certificate2 certificate) => certificate.Thumbprint;

    private static async Task<byte[]> SignatureAsync(TestSignatureOptions options)
    {
        using var directory = new TemporaryDirectory();
        using var archive = PackageArchive.Open(await Verify.SignAsync(directory, options));
        return await archive.ReadSignatureAsync(CancellationToken.None);
    }
}
