using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class PemBundleTests
{
    [TestMethod]
    public void Find_WhenSubjectIsInBundle_GivesThatCertificate()
    {
        using var directory = new TemporaryDirectory();
        var wanted = TestPki.Shared.CodeSigning.Root;
        var path = Write(directory, "# comment\n" + TestPki.Shared.Timestamping.Root.ExportCertificatePem() + "\r\n" + wanted.ExportCertificatePem());

        var found = new PemBundle(path).Find(wanted.SubjectName.RawData).ToList();

        Assert.AreEqual(1, found.Count);
        CollectionAssert.AreEqual(wanted.RawData, found[0].ToArray());
    }

    [TestMethod]
    public void Find_WhenAnotherBlockIsBroken_StillGivesTheCertificate()
    {
        using var directory = new TemporaryDirectory();
        var wanted = TestPki.Shared.CodeSigning.Root;
        var path = Write(
            directory,
            "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"
            + "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n"
            + wanted.ExportCertificatePem()
            + "\n-----BEGIN CERTIFICATE-----\nMIIF");

        var bundle = new PemBundle(path);

        Assert.AreEqual(1, bundle.Find(wanted.SubjectName.RawData).Count());
        Assert.IsNull(bundle.Failure);
    }

    [TestMethod]
    public void Find_WhenSubjectIsNotInBundle_GivesNothing()
    {
        using var directory = new TemporaryDirectory();
        var path = Write(directory, TestPki.Shared.Timestamping.Root.ExportCertificatePem());

        Assert.AreEqual(0, new PemBundle(path).Find(TestPki.Shared.CodeSigning.Root.SubjectName.RawData).Count());
    }

    [TestMethod]
    public void Find_WhenFileIsMissing_GivesNothingAndTheReason()
    {
        using var directory = new TemporaryDirectory();
        var bundle = new PemBundle(System.IO.Path.Combine(directory.Path, "none.pem"));

        Assert.AreEqual(0, bundle.Find(TestPki.Shared.CodeSigning.Root.SubjectName.RawData).Count());
        Assert.AreEqual("there is no such file", bundle.Failure);
    }

    private static string Write(TemporaryDirectory directory, string text)
    {
        var path = System.IO.Path.Combine(directory.Path, "bundle.pem");
        File.WriteAllText(path, text);
        return path;
    }
}
