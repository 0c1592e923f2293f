using System.IO.Compression;
using System.Security;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>What a package looks like. The initial values give a small one.</summary>
public sealed record TestPackageOptions
{
    /// <summary>Bytes of the library in it.</summary>
    public int LibrarySize { get; init; } = 4096;

    /// <summary>Number of further small files.</summary>
    public int ExtraEntries { get; init; }

    /// <summary>Seed of the library's bytes: packages with different seeds differ.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether there is a nuspec.</summary>
    public bool Nuspec { get; init; } = true;

    /// <summary>The archive's comment.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Time of all entries; null: a fixed one, so that equal options give equal bytes.</summary>
    public DateTimeOffset? EntryTime { get; init; }
}

/// <summary>Makes unsigned packages as `dotnet pack` would, without building anything.</summary>
public static class TestPackages
{
    /// <summary>Writes <c>id.version.nupkg</c> into the folder and returns its absolute path.</summary>
    public static string CreateUnsigned(string directory, string id = "Test.Package", string version = "1.0.0", TestPackageOptions? options = null)
    {
        var path = Path.Combine(directory, $"{id}.{version}.nupkg");
        File.WriteAllBytes(path, CreateUnsignedBytes(id, version, options));
        return path;
    }

    /// <summary>The bytes of such a package.</summary>
    public static byte[] CreateUnsignedBytes(string id = "Test.Package", string version = "1.0.0", TestPackageOptions? options = null)
    {
        options ??= new();
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = options.Comment;
            Add(archive, options, "_rels/.rels", Relationships(id));
            if (options.Nuspec)
            {
                Add(archive, options, $"{id}.nuspec", Nuspec(id, version));
            }

            var library = new byte[options.LibrarySize];
            new Random(options.Seed).NextBytes(library);
            Add(archive, options, $"lib/net10.0/{id}.dll", library);
            for (var i = 0; i < options.ExtraEntries; i++)
            {
                Add(archive, options, $"content/{i}.txt", Encoding.UTF8.GetBytes($"{i}"));
            }

            Add(archive, options, "[Content_Types].xml", ContentTypes());
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, TestPackageOptions options, string name, byte[] content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = options.EntryTime ?? new DateTimeOffset(2024, 1, 2, 3, 4, 6, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Nuspec(string id, string version) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{SecurityElement.Escape(id)}</id>
            <version>{SecurityElement.Escape(version)}</version>
            <authors>Sign.Build tests</authors>
            <description>A package for tests.</description>
          </metadata>
        </package>
        """);

    private static byte[] Relationships(string id) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="utf-8"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{SecurityElement.Escape(id)}.nuspec" Id="R1" />
        </Relationships>
        """);

    private static byte[] ContentTypes() => Encoding.UTF8.GetBytes("""
        <?xml version="1.0" encoding="utf-8"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
          <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
          <Default Extension="nuspec" ContentType="application/octet" />
          <Default Extension="dll" ContentType="application/octet" />
          <Default Extension="txt" ContentType="application/octet" />
        </Types>
        """);
}
