using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class TrustedRootsTests
{
    [TestMethod]
    public void Load_WhenFilesHoldRoots_GivesThem()
    {
        using var directory = new TemporaryDirectory();
        var pem = Write(directory, "roots.pem", TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n"));
        var der = System.IO.Path.Combine(directory.Path, "root.cer");
        File.WriteAllBytes(der, TestPki.Shared.Root.Certificate.RawData);

        var roots = TrustedRoots.Load(new PolicySettings { Policy = PolicyName.Private, TrustedRootPaths = [pem, der] });

        CollectionAssert.AreEqual(
            ChainFixture.Fingerprints([.. TestPki.Shared.Roots, TestPki.Shared.Root.Certificate]), ChainFixture.Fingerprints(roots));
    }

    [TestMethod]
    public void Load_WhenCertificateIsNoRoot_SaysWhatItIs()
    {
        using var directory = new TemporaryDirectory();
        var path = Write(directory, "intermediate.pem", [TestPki.Shared.Intermediate.Certificate.ExportCertificatePem()]);

        var exception = Assert.ThrowsExactly<SignBuildException>(
            () => TrustedRoots.Load(new PolicySettings { Policy = PolicyName.Private, TrustedRootPaths = [path] }));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
        StringAssert.Contains(exception.Message, TestPki.Shared.Root.Certificate.Subject);
    }

    [TestMethod]
    public void Load_WhenPolicyIsNuGetOrg_Refuses()
    {
        var exception = Assert.ThrowsExactly<SignBuildException>(() => TrustedRoots.Load(new PolicySettings { TrustedRootPaths = ["/root.pem"] }));

        Assert.AreEqual("SGN1004", exception.Diagnostic.Code);
    }

    [TestMethod]
    public void Load_WhenFileIsMissing_SaysWhichItem()
    {
        using var directory = new TemporaryDirectory();

        var exception = Assert.ThrowsExactly<SignBuildException>(() => TrustedRoots.Load(
            new PolicySettings { Policy = PolicyName.Private, TrustedRootPaths = [System.IO.Path.Combine(directory.Path, "none.pem")] }));

        Assert.AreEqual("SGN2001", exception.Diagnostic.Code);
        StringAssert.Contains(exception.Message, "SignBuildTrustedRoot");
    }

    private static string Write(TemporaryDirectory directory, string name, IEnumerable<string> text)
    {
        var path = System.IO.Path.Combine(directory.Path, name);
        File.WriteAllText(path, string.Concat(text));
        return path;
    }
}
