using Sign.Build.Core.Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class CertificateExportTests
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    [TestMethod]
    public async Task WriteAsync_WhenThereIsNoFolder_WritesThePublicCertificateAsDer()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["new", "certificate.cer"];

        var lines = await CertificateExport.WriteAsync(Signer.Certificate, path, isThrowAway: false, CancellationToken.None);

        CollectionAssert.AreEqual(Signer.ExportDer(), await File.ReadAllBytesAsync(path));
        Assert.AreEqual($"  SHA-256: {Signer.Fingerprint}", lines[1]);
        Assert.Contains("nuget.org, account settings, Certificates", lines[3]);
    }

    [TestMethod]
    public async Task WriteAsync_WhenTheCertificateIsThrownAway_SendsNobodyToRegisterIt()
    {
        using var directory = new TemporaryDirectory();

        var lines = await CertificateExport.WriteAsync(Signer.Certificate, directory["certificate.cer"], isThrowAway: true, CancellationToken.None);

        Assert.Contains("nothing to register", lines[3]);
        Assert.DoesNotContain("nuget.org", string.Join('\n', lines));
    }
}
