using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class ChainBuilderBuildTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [TestMethod]
    public void Build_WhenRootIsTrusted_GivesWholeChainWithoutProblems()
    {
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
        Assert.IsTrue(chain.IsTrusted);
        CollectionAssert.AreEqual(
            ChainFixture.Fingerprints([Pki.CodeSigning.Certificate, .. Pki.CodeSigning.Issuers]), ChainFixture.Fingerprints(chain.Certificates));
        Assert.IsFalse(chain.Leaf.HasPrivateKey);
    }

    [TestMethod]
    public void Build_WhenRootIsEmbeddedAndNotTrusted_ReportsRoot()
    {
        using var chains = ChainFixture.Builder(Pki.TimestampRoot);

        var chain = chains.Build(Pki.CodeSigning.Certificate, Pki.CodeSigning.Issuers, CertificatePurpose.CodeSigning);

        Assert.AreEqual("UntrustedRoot 2", ChainFixture.Problems(chain));
        Assert.IsFalse(chain.IsTrusted);
        Assert.AreEqual($"'{Pki.Root.Certificate.Subject}' is not a trusted root", chain.Problems[0].Detail);
        Assert.AreEqual(3, chain.Certificates.Count);
    }

    [TestMethod]
    public void Build_WhenRootIsUnknown_ReportsCertificateWhoseIssuerIsMissing()
    {
        using var chains = ChainFixture.Builder(Pki.TimestampRoot);

        var chain = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("PartialChain 1", ChainFixture.Problems(chain));
        Assert.AreEqual($"its issuer '{Pki.Root.Certificate.Subject}' was not found", chain.Problems[0].Detail);
    }

    [TestMethod]
    public void Build_WhenIntermediateIsMissing_ReportsLeaf()
    {
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(Pki.CodeSigning.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.AreEqual("PartialChain 0", ChainFixture.Problems(chain));
        Assert.IsFalse(chain.IsTrusted);
    }

    [TestMethod]
    public void Build_WhenThereAreNoAnchors_ReportsPartialChain()
    {
        using var chains = ChainFixture.Builder([]);

        var chain = chains.Build(Pki.CodeSigning.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.AreEqual("PartialChain 0", ChainFixture.Problems(chain));
        Assert.AreEqual("no trust anchors", chain.Anchors);
    }

    [TestMethod]
    public void Build_WhenLeafHasExpired_ReportsItsDates()
    {
        using var leaf = Pki.Root.Issue(TestCertificateOptions.CodeSigning with
        {
            NotBefore = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero),
            NotAfter = new DateTimeOffset(2021, 1, 2, 3, 4, 5, TimeSpan.Zero),
        });
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(leaf.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.AreEqual("NotTimeValid 0", ChainFixture.Problems(chain));
        Assert.AreEqual("valid from 2020-01-02 03:04:05 UTC to 2021-01-02 03:04:05 UTC", chain.Problems[0].Detail);
        Assert.IsTrue(chain.IsTrusted);
    }

    [TestMethod]
    public void Build_WhenIntermediateAndRootHaveExpired_ReportsBoth()
    {
        var end = DateTimeOffset.UtcNow.AddDays(-2);
        using var root = TestCertificateAuthority.CreateRoot(notAfter: end);
        using var intermediate = root.CreateIntermediate();
        using var leaf = intermediate.Issue(TestCertificateOptions.CodeSigning with { NotAfter = DateTimeOffset.UtcNow.AddYears(1) });
        using var chains = ChainFixture.Builder(root);

        var chain = chains.Build(leaf.Certificate, leaf.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("NotTimeValid 1; NotTimeValid 2", ChainFixture.Problems(chain));
        Assert.IsTrue(chain.IsTrusted);
    }

    [TestMethod]
    public void Build_WhenLeafIsForAnotherUse_ReportsItsUsages()
    {
        using var leaf = Pki.Intermediate.Issue(TestCertificateOptions.CodeSigning with { EnhancedKeyUsages = [Oids.ServerAuthentication] });
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(leaf.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("NotValidForUsage 0", ChainFixture.Problems(chain));
        StringAssert.StartsWith(chain.Problems[0].Detail, "its extended key usage is ");
    }

    [TestMethod]
    public void Build_WhenPurposeDiffers_JudgesEachForItself()
    {
        using var chains = ChainFixture.Builder(Pki.Root);

        var signing = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);
        var timestamping = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.Timestamping);

        Assert.AreEqual("", ChainFixture.Problems(signing));
        Assert.AreEqual("NotValidForUsage 0", ChainFixture.Problems(timestamping));
    }

    [TestMethod]
    public void Build_WhenSignatureOfIssuerIsBroken_ReportsCertificate()
    {
        var bytes = Pki.CodeSigning.Certificate.RawData;
        bytes[^1] ^= 1;
        using var leaf = X509CertificateLoader.LoadCertificate(bytes);
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(leaf, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.IsTrue(chain.Has(ChainProblemKind.InvalidSignature), ChainFixture.Problems(chain));
        Assert.AreSame(chain.Leaf, chain.Find(ChainProblemKind.InvalidSignature)!.Certificate);
    }

    [TestMethod]
    public void Build_WhenIssuerMayNotIssue_ReportsIt()
    {
        using var impostor = Pki.Root.CreateIntermediate();
        using var bad = Pki.Root.Issue(TestCertificateOptions.CodeSigning with { Subject = impostor.Certificate.Subject, Key = impostor.Certificate.GetRSAPrivateKey() });
        using var leaf = impostor.Issue();
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(leaf.Certificate, [bad.Certificate], CertificatePurpose.CodeSigning);

        Assert.IsTrue(
            chain.Has(ChainProblemKind.InvalidBasicConstraints) || chain.Has(ChainProblemKind.PartialChain), ChainFixture.Problems(chain));
    }

    [TestMethod]
    public void Build_WhenSelfSignedLeafIsNoAnchor_ReportsUntrustedRoot()
    {
        using var leaf = TestCertificateAuthority.CreateSelfSigned();
        using var chains = ChainFixture.Builder(Pki.Root);

        var chain = chains.Build(leaf.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.AreEqual("UntrustedRoot 0", ChainFixture.Problems(chain));
        Assert.AreEqual(1, chain.Certificates.Count);
    }

    [TestMethod]
    public void Build_WhenSelfSignedLeafIsAnAnchor_TrustsIt()
    {
        using var leaf = TestCertificateAuthority.CreateSelfSigned();
        using var chains = ChainFixture.Builder([leaf.Certificate], Core.Configuration.RevocationMode.Online);

        var chain = chains.Build(leaf.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
    }

    [TestMethod]
    public void Build_WhenAnchorWasNotSelfIssued_GivesItNoTrust()
    {
        using var chains = ChainFixture.Builder([Pki.Intermediate.Certificate]);

        var chain = chains.Build(Pki.CodeSigning.Certificate, [], CertificatePurpose.CodeSigning);

        Assert.IsFalse(chain.IsTrusted);
    }

    [TestMethod]
    public void Build_WhenIssuersAreCrossSigned_FindsTheTrustedOne()
    {
        using var other = TestCertificateAuthority.CreateRoot();
        using var cross = other.Issue(TestCertificateOptions.CodeSigning with
        {
            Subject = Pki.Intermediate.Certificate.Subject,
            Key = Pki.Intermediate.Certificate.GetRSAPrivateKey(),
            BasicConstraints = false,
            KeyUsages = X509KeyUsageFlags.KeyCertSign,
            EnhancedKeyUsages = [],
            OtherExtensions = [new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)],
        });
        using var chains = ChainFixture.Builder(other);

        var chain = chains.Build(Pki.CodeSigning.Certificate, [cross.Certificate], CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
        CollectionAssert.AreEqual(
            ChainFixture.Fingerprints([Pki.CodeSigning.Certificate, cross.Certificate, other.Certificate]), ChainFixture.Fingerprints(chain.Certificates));
    }

    [TestMethod]
    public void Build_WhenAnchorSpellsItsNameInAnotherStringType_FindsIt()
    {
        // The name that certificates carry is UTF8String; .NET makes PrintableString of the same text.
        using var key = Pki.Root.Certificate.GetRSAPrivateKey()!;
        var request = new CertificateRequest(
            new X500DistinguishedName(Pki.Root.Certificate.Subject), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        CollectionAssert.AreNotEqual(Pki.Root.Certificate.SubjectName.RawData, root.SubjectName.RawData);
        using var chains = ChainFixture.Builder([root]);

        var chain = chains.Build(Pki.CodeSigning.Certificate, Pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
        Assert.AreEqual(3, chain.Certificates.Count);
    }
}
