using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

/// <summary>A folder of packages with a <see cref="SigningRig"/> and a timestamp authority of its own.</summary>
internal sealed class SigningFolder : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SigningRig _rig;

    private SigningFolder(TestTimestampServer timestamps)
    {
        Timestamps = timestamps;
        _rig = new SigningRig(timestamps);
    }

    public TestTimestampServer Timestamps { get; }

    public RecordingLog Log => _rig.Log;

    public SigningSession Session => _rig.Session;

    public SignBuildSettings Settings
    {
        get => _rig.Settings;
        set => _rig.Settings = value;
    }

    public string Directory => _directory.Path;

    public static async Task<SigningFolder> StartAsync() => new(await TestTimestampServer.StartAsync(new TestTimestampOptions()));

    public string CreatePackage(string id = "Test.Package") => TestPackages.CreateUnsigned(_directory.Path, id);

    /// <summary>Names of the files in the folder that begin with the package's name.</summary>
    public string[] FilesOf(string package) =>
        [.. System.IO.Directory.GetFiles(_directory.Path, Path.GetFileName(package) + "*").Select(path => Path.GetFileName(path)!).Order()];

    public string WriteCertificate(TestCertificate certificate)
    {
        var path = _directory[Guid.NewGuid().ToString("N") + ".pfx"];
        File.WriteAllBytes(path, certificate.ExportPfx());
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _rig.Dispose();
        await Timestamps.DisposeAsync();
        _directory.Dispose();
    }
}
