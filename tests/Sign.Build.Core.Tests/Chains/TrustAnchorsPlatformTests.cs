using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class TrustAnchorsPlatformTests
{
    [TestMethod]
    [DataRow(CertificatePurpose.CodeSigning, "codesignctl.pem")]
    [DataRow(CertificatePurpose.Timestamping, "timestampctl.pem")]
    public void Platform_ForEveryRootOfTheSdk_FindsIt(CertificatePurpose purpose, string file)
    {
        RequireBundles();
        var anchors = TrustAnchors.Platform(TestSdk.Directory);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(Path.Combine(TestSdk.Directory, "trustedroots", file));

        var missing = all.Where(root => !anchors.Find(root.SubjectName.RawData, purpose).Any(found => found.Span.SequenceEqual(root.RawDataMemory.Span)));

        Assert.IsTrue(all.Count > 100);
        Assert.AreEqual("", string.Join("; ", missing.Select(root => root.Subject)));
    }

    [TestMethod]
    public void Platform_WhenRootIsForCodeSigning_DoesNotTrustItForTimestamps()
    {
        RequireBundles();
        using var sdk = new TemporaryDirectory();
        var root = TestPki.Shared.Timestamping.Root;
        var bundles = Directory.CreateDirectory(Path.Combine(sdk.Path, "trustedroots")).FullName;
        File.WriteAllText(Path.Combine(bundles, "codesignctl.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(bundles, "timestampctl.pem"), TestPki.Shared.CodeSigning.Root.ExportCertificatePem());
        using var chains = new ChainBuilder(TrustAnchors.Platform(sdk.Path), Core.Configuration.RevocationMode.NoCheck, TimeProvider.System);

        var chain = chains.Build(TestPki.Shared.Timestamping.Certificate, [root], CertificatePurpose.Timestamping);

        Assert.AreEqual("UntrustedRoot 1", ChainFixture.Problems(chain));
    }

    [TestMethod]
    public void Describe_WhenBundleIsMissing_SaysSo()
    {
        RequireBundles();
        using var sdk = new TemporaryDirectory();
        var bundle = Path.Combine(sdk.Path, "trustedroots", "timestampctl.pem");

        Assert.AreEqual($"none from {bundle} (there is no such file)", TrustAnchors.Platform(sdk.Path).Describe(CertificatePurpose.Timestamping));
    }

    [TestMethod]
    public void With_WhenRootIsAdded_TrustsItForBothPurposes()
    {
        var pki = TestPki.Shared;
        using var chains = new ChainBuilder(
            TrustAnchors.Only([pki.CodeSigning.Root]).With([pki.Timestamping.Root]), Core.Configuration.RevocationMode.NoCheck, TimeProvider.System);

        Assert.IsTrue(chains.Build(pki.CodeSigning.Certificate, pki.Intermediates, CertificatePurpose.CodeSigning).IsTrusted);
        Assert.IsTrue(chains.Build(pki.Timestamping.Certificate, [], CertificatePurpose.Timestamping).IsTrusted);
    }

    [TestMethod]
    public void With_WhenPlatformAnchorsGetARoot_TrustsIt()
    {
        var pki = TestPki.Shared;
        using var chains = new ChainBuilder(
            TrustAnchors.Platform(TestSdk.Directory).With([pki.CodeSigning.Root]), Core.Configuration.RevocationMode.NoCheck, TimeProvider.System);

        var chain = chains.Build(pki.CodeSigning.Certificate, pki.Intermediates, CertificatePurpose.CodeSigning);

        Assert.AreEqual("", ChainFixture.Problems(chain));
        StringAssert.EndsWith(chain.Anchors, $" and '{pki.CodeSigning.Root.Subject}'");
    }

    private static void RequireBundles()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no bundles: its own store decides about trust.");
        }
    }
}
