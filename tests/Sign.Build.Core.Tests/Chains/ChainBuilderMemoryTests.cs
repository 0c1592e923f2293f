using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class ChainBuilderMemoryTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [TestMethod]
    public void Build_WhenAskedAgain_GivesTheSameChain()
    {
        using var chains = ChainFixture.Builder(Pki.Root);
        using var sameLeaf = X509CertificateLoader.LoadCertificate(Pki.CodeSigning.Certificate.RawData);

        var first = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);
        var second = chains.Build(sameLeaf, Pki.CodeSigning.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreSame(first, second);
    }

    [TestMethod]
    public void Build_WhenUnrelatedCertificatesAreEmbedded_GivesTheSameChain()
    {
        using var chains = ChainFixture.Builder(Pki.Root);

        var first = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);
        var second = chains.Build(
            Pki.CodeSigning.Certificate, [Pki.Timestamping.Certificate, Pki.Timestamping.Root, .. Pki.Intermediates, Pki.CodeSigning.Certificate], CertificatePurpose.CodeSigning);

        Assert.AreSame(first, second);
    }

    [TestMethod]
    public void Build_WhenOnlyIssuerAndSerialNumberAreEqual_DoesNotMistakeTheLeaf()
    {
        // X509Certificate2.Equals would: it compares issuer and serial number, which an attacker can copy.
        var forgedBytes = Pki.CodeSigning.Certificate.RawData;
        forgedBytes[^1] ^= 1;
        using var forged = X509CertificateLoader.LoadCertificate(forgedBytes);
        Assert.AreEqual(Pki.CodeSigning.Certificate, forged);
        using var chains = ChainFixture.Builder(Pki.Root);

        var good = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);
        var bad = chains.Build(forged, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(good));
        Assert.IsTrue(bad.Has(ChainProblemKind.InvalidSignature), ChainFixture.Problems(bad));
    }

    [TestMethod]
    public void Build_WhenCallerDisposesItsCertificates_KeepsTheChain()
    {
        using var chains = ChainFixture.Builder(Pki.Root);
        var leaf = X509CertificateLoader.LoadCertificate(Pki.CodeSigning.Certificate.RawData);
        var intermediate = X509CertificateLoader.LoadCertificate(Pki.Intermediate.Certificate.RawData);

        var chain = chains.Build(leaf, [intermediate], CertificatePurpose.CodeSigning);
        leaf.Dispose();
        intermediate.Dispose();

        CollectionAssert.AreEqual(
            ChainFixture.Fingerprints([Pki.CodeSigning.Certificate, .. Pki.CodeSigning.Issuers]), ChainFixture.Fingerprints(chain.Certificates));
    }

    [TestMethod]
    public void Build_WhenThousandsOfCertificatesAreEmbedded_StaysQuickAndRight()
    {
        using var chains = ChainFixture.Builder(Pki.Root);
        var flood = Enumerable.Repeat(Pki.Intermediate.Certificate, 5000).ToList();

        var chain = chains.Build(Pki.CodeSigning.Certificate, flood, CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
    }

    [TestMethod]
    public async Task Build_WhenManyThreadsAsk_GivesAllTheSameChain()
    {
        using var chains = ChainFixture.Builder(Pki.Roots);

        var built = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => Task.Run(() => index % 2 == 0
            ? chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning)
            : chains.Build(Pki.Timestamping.Certificate, [], CertificatePurpose.Timestamping))));

        Assert.AreEqual(2, built.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.IsTrue(built.All(chain => chain.Problems.Count == 0));
    }

    [TestMethod]
    public async Task Build_WhenManyBuildersWorkAtOnce_GivesEqualResults()
    {
        var anchors = TrustAnchors.Platform(TestSdk.Directory).With(Pki.Roots);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() =>
        {
            using var chains = new ChainBuilder(anchors, Core.Configuration.RevocationMode.NoCheck, TimeProvider.System);
            var chain = chains.Build(Pki.CodeSigning.Certificate, Pki.CodeSigning.Issuers, CertificatePurpose.CodeSigning);
            return ChainFixture.Problems(chain) + string.Concat(ChainFixture.Fingerprints(chain.Certificates));
        })));

        Assert.AreEqual(1, results.Distinct().Count());
    }

    [TestMethod]
    public void Build_WhenBuilderIsDisposed_Throws()
    {
        var chains = ChainFixture.Builder(Pki.Root);
        chains.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => chains.Build(Pki.CodeSigning.Certificate, [], CertificatePurpose.CodeSigning));
    }
}
