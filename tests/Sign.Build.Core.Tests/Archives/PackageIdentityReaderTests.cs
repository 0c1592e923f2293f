using System.IO.Compression;
using System.Text;
using Sign.Build.Core.Archives;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Archives;

[TestClass]
public sealed class PackageIdentityReaderTests
{
    [TestMethod]
    [DataRow("""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Some.Package</id><version>1.2.3</version></metadata></package>""", "Some.Package 1.2.3")]
    [DataRow("""<package><metadata><version>1.0</version><authors>x</authors><id> A_b-C </id></metadata></package>""", "A_b-C 1.0.0")]
    [DataRow("""<package><other><id>Wrong</id></other><metadata minClientVersion="2.12"><!-- c --><tags><id>Wrong</id></tags><id>Right</id><version>2.0.0-rc.1+build</version></metadata></package>""", "Right 2.0.0-rc.1")]
    [DataRow("""<package><metadata><id>Größe</id><version>1.2.3.4</version></metadata></package>""", "Größe 1.2.3.4")]
    public void Read_OfAManifest_ReturnsIdAndNormalisedVersion(string manifest, string expected)
    {
        using var directory = new TemporaryDirectory();

        Assert.AreEqual(expected, PackageIdentityReader.Read(Stored(directory, manifest)).ToString());
        Assert.AreEqual(expected, PackageIdentityReader.Read(Compressed(directory, manifest)).ToString());
    }

    [TestMethod]
    [DataRow("", "cannot be read")]
    [DataRow("<package><metadata><id>A</id>", "cannot be read")]
    [DataRow("<package><metadata><id>A</id></metadata></package>", "no valid version")]
    [DataRow("<package><metadata><id>A</id><version>latest</version></metadata></package>", "no valid version")]
    [DataRow("<package><metadata><version>1.0.0</version></metadata></package>", "no valid package id")]
    [DataRow("<package><metadata><id>../../etc</id><version>1.0.0</version></metadata></package>", "no valid package id")]
    [DataRow("<package><metadata><id>a&#10;b</id><version>1.0.0</version></metadata></package>", "no valid package id")]
    [DataRow("<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><package><metadata><id>&e;</id><version>1.0.0</version></metadata></package>", "cannot be read")]
    public void Read_OfABadManifest_SaysWhatIsWrong(string manifest, string reason)
    {
        using var directory = new TemporaryDirectory();
        var path = Compressed(directory, manifest);

        var exception = Assert.ThrowsExactly<ArchiveFormatException>(() => PackageIdentityReader.Read(path));

        Assert.Contains(reason, exception.Message);
    }

    [TestMethod]
    public void Read_OfAManifestThatUnfoldsToGigabytes_StopsEarly()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["bomb.nupkg"];
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("bomb.nuspec", CompressionLevel.Fastest).Open());
            writer.Write("<package><metadata><id>");
            var spaces = new string(' ', 1 << 20);
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                writer.Write(spaces);
            }

            writer.Write("A</id><version>1.0.0</version></metadata></package>");
        }

        var exception = Assert.ThrowsExactly<ArchiveFormatException>(() => PackageIdentityReader.Read(path));

        Assert.Contains("cannot be read", exception.Message);
    }

    [TestMethod]
    public void Read_WithoutAManifestAtTheRoot_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        new ZipSpec([new ZipEntrySpec("sub/a.nuspec", [1]), new ZipEntrySpec("x.txt", [1])]).WriteTo(directory["p.nupkg"]);

        var exception = Assert.ThrowsExactly<ArchiveFormatException>(() => PackageIdentityReader.Read(directory["p.nupkg"]));

        Assert.AreEqual("The package has no manifest (.nuspec).", exception.Message);
    }

    [TestMethod]
    public void Read_WithTwoManifests_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        new ZipSpec([new ZipEntrySpec("a.nuspec", [1]), new ZipEntrySpec("B.NUSPEC", [1])]).WriteTo(directory["p.nupkg"]);

        var exception = Assert.ThrowsExactly<ArchiveFormatException>(() => PackageIdentityReader.Read(directory["p.nupkg"]));

        Assert.AreEqual("The package has more than one manifest (.nuspec).", exception.Message);
    }

    private static string Stored(TemporaryDirectory directory, string manifest)
    {
        new ZipSpec([new ZipEntrySpec("a.nuspec", Encoding.UTF8.GetBytes(manifest))]).WriteTo(directory["stored.nupkg"]);
        return directory["stored.nupkg"];
    }

    private static string Compressed(TemporaryDirectory directory, string manifest)
    {
        using var zip = ZipFile.Open(directory["compressed.nupkg"], ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry("a.nuspec").Open());
        writer.Write(manifest);
        return directory["compressed.nupkg"];
    }
}
