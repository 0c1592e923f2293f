using Sign.Build.Core.Configuration;
using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class UnsignedPackagesTests : IDisposable
{
    private static readonly SignBuildSettings Configured = new() { Certificate = new CertificateSettings { Path = "signing.pfx" } };

    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingLog _log = new();

    [TestMethod]
    public async Task Reject_WhenSomeAreSigned_TakesOnlyTheOthers()
    {
        await File.WriteAllBytesAsync(_directory["Signed.1.0.0.nupkg"], TestSignedPackages.CreateBytes());
        await File.WriteAllTextAsync(_directory["Torn.1.0.0.nupkg"], "PK");
        var unsigned = TestPackages.CreateUnsigned(_directory.Path, "Unsigned");

        UnsignedPackages.Reject(Configured, [_directory["Signed.1.0.0.nupkg"], _directory["Torn.1.0.0.nupkg"], unsigned, _directory["Gone.1.0.0.nupkg"]], _log);

        Assert.AreEqual($"Signed.1.0.0.nupkg, Torn.1.0.0.nupkg.rejected, {Path.GetFileName(unsigned)}.rejected", Content());
        Assert.AreEqual(
            $"The build failed before its packages were signed; Torn.1.0.0.nupkg, {Path.GetFileName(unsigned)} got the extension .rejected.",
            _log.ImportantLines.Single());
    }

    [TestMethod]
    [DataRow(SigningMode.Required, ".rejected")]
    [DataRow(SigningMode.Development, ".rejected")]
    [DataRow(SigningMode.Auto, "")]
    public void Reject_WhenNoSourceIsConfigured_TakesWhatHadToBeSigned(SigningMode mode, string extension)
    {
        var unsigned = TestPackages.CreateUnsigned(_directory.Path, "Unsigned");

        UnsignedPackages.Reject(new SignBuildSettings { Mode = mode }, [unsigned], _log);

        Assert.AreEqual(Path.GetFileName(unsigned) + extension, Content());
    }

    [TestMethod]
    public void Reject_WhenRejectedPackagesAreKept_LeavesThem()
    {
        var unsigned = TestPackages.CreateUnsigned(_directory.Path, "Unsigned");

        UnsignedPackages.Reject(Configured with { RejectedPackages = RejectedPackageBehavior.Keep }, [unsigned], _log);

        Assert.AreEqual((Path.GetFileName(unsigned), 0), (Content(), _log.ImportantLines.Count));
    }

    public void Dispose() => _directory.Dispose();

    private string Content() => string.Join(", ", Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
}
