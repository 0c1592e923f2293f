using System.Text;
using System.Text.Json;
using Sign.Build.Core.Reporting;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>A folder for reports, with packages beside it.</summary>
internal sealed class ReportFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory["report"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a file that stands for a package.</summary>
    public string AddPackage(string name)
    {
        var path = _directory[name];
        File.WriteAllText(path, name);
        return path;
    }

    public void AddReport(string text)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(this["report.json"], text);
    }

    public Task<BuildReport> WriteAsync(params IReadOnlyList<PackageReport> packages) =>
        ReportWriter.WriteAsync(Path, packages, TestPki.Shared.CodeSigning.Certificate, TimeProvider.System, CancellationToken.None);

    /// <summary>Names of the packages in the file, as somebody else's program reads it.</summary>
    public string PackagesInFile()
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(this["report.json"]));
        return string.Join(' ', report.RootElement.GetProperty("packages").EnumerateArray()
            .Select(package => System.IO.Path.GetFileName(package.GetProperty("path").GetString())));
    }

    public string Markdown() => File.ReadAllText(this["report.md"], Encoding.UTF8);

    public void Dispose() => _directory.Dispose();
}
