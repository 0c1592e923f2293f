using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class FileIdentitySourceBadInputTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [TestMethod]
    public async Task AcquireAsync_WhenFileIsMissing_IsSgn2001()
    {
        var diagnostic = await Acquisition.FailAsync(Source());

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, $"Correct SignBuildCertificatePath: the file '{_directory["signer.pfx"]}' does not exist.");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPathIsFolder_SaysSo()
    {
        Directory.CreateDirectory(_directory["signer.pfx"]);

        var diagnostic = await Acquisition.FailAsync(Source());

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "is a folder");
    }

    [TestMethod]
    [DataRow("", "is empty")]
    [DataRow(" \n\t", "is empty")]
    [DataRow("This is not a certificate.", "(26 bytes) is neither")]
    [DataRow("0\u0001\u0002", "is neither")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "has no CERTIFICATE block")]
    [DataRow("-----BEGIN CERTIFICATE-----\nMIIBAgEA\n-----END CERTIFICATE-----\n", "is damaged")]
    [DataRow("-----BEGIN CERTIFICATE-----\nMIIBAgEA", "has no CERTIFICATE block")]
    [DataRow("MIIKcQIBAzCCCi0GCSqGSIb3DQEHAaCC", "is base64 text")]
    public async Task AcquireAsync_WhenContentIsNoCertificate_SaysWhatItIs(string content, string expected)
    {
        await File.WriteAllTextAsync(_directory["signer.pfx"], content);

        var diagnostic = await Acquisition.FailAsync(Source());

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, expected);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFileIsTooLarge_SaysTheLimit()
    {
        using (var file = File.Create(_directory["signer.pfx"]))
        {
            file.SetLength(BoundedFile.MaximumLength + 1);
        }

        var diagnostic = await Acquisition.FailAsync(Source());

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "more than 4194304 bytes");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenFileMayNotBeRead_SaysWhoNeedsThePermission()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("This user may read every file.");
            return;
        }

        await File.WriteAllTextAsync(_directory["signer.pfx"], "x");
        File.SetUnixFileMode(_directory["signer.pfx"], UnixFileMode.None);

        var diagnostic = await Acquisition.FailAsync(Source());

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, $"Let the user '{Environment.UserName}'");
    }

    [TestMethod]
    public async Task AcquireAsync_WhenKeyFileIsMissing_NamesItsProperty()
    {
        await File.WriteAllTextAsync(_directory["signer.pfx"], TestPki.Shared.CodeSigning.ExportCertificatePem());
        var source = new FileIdentitySource(new CertificateSettings { Path = _directory["signer.pfx"], KeyPath = _directory["key.pem"] });

        var diagnostic = await Acquisition.FailAsync(source);

        Assert.AreEqual("SGN2001", diagnostic.Code);
        StringAssert.StartsWith(diagnostic.Message, "Correct SignBuildCertificateKeyPath: ");
    }

    public void Dispose() => _directory.Dispose();

    private FileIdentitySource Source() => new(new CertificateSettings { Path = _directory["signer.pfx"] });
}
