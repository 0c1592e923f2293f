using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;
using NuGet.Versioning;

namespace Sign.Build.Core.Archives;

/// <summary>Reads id and version from the manifest of a package, and nothing else.</summary>
public static class PackageIdentityReader
{
    /// <summary>Real manifests have a few KiB. Text beyond this, compressed or not, is not looked at.</summary>
    private const int LongestManifest = 4 * 1024 * 1024;

    private const int LongestId = 128;

    /// <summary>Reads the identity of a package file.</summary>
    /// <exception cref="ArchiveFormatException">Not a package archive, or its manifest is missing, too large or unreadable.</exception>
    public static PackageIdentity Read(string path)
    {
        using var archive = PackageArchive.Open(path);
        return Read(archive);
    }

    /// <summary>Reads the identity of an open package.</summary>
    /// <exception cref="ArchiveFormatException">Its manifest is missing, too large or unreadable.</exception>
    public static PackageIdentity Read(PackageArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (archive.IsZip64)
        {
            throw new ArchiveFormatException("The package is a Zip64 archive.");
        }

        var manifest = archive.Layout.Manifest ?? throw new ArchiveFormatException(archive.Layout.ManifestCount == 0
            ? "The package has no manifest (.nuspec)."
            : "The package has more than one manifest (.nuspec).");
        try
        {
            using var stored = new MemoryStream(ReadData(archive, manifest, out var method));
            using Stream content = method switch
            {
                0 => stored,
                8 => new DeflateStream(stored, CompressionMode.Decompress),
                _ => throw new ArchiveFormatException($"The manifest (.nuspec) is compressed by method {method}, which packages do not use."),
            };
            return Parse(content);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            throw new ArchiveFormatException("The manifest (.nuspec) cannot be read.", exception);
        }
    }

    private static byte[] ReadData(PackageArchive archive, ArchiveEntry manifest, out ushort method)
    {
        if (manifest.CompressedSize > LongestManifest)
        {
            throw new ArchiveFormatException("The manifest (.nuspec) is too large.");
        }

        Span<byte> header = stackalloc byte[LocalHeader.FixedLength];
        FileBytes.ReadExactly(archive.File, header, manifest.HeaderOffset);
        method = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var data = new byte[manifest.CompressedSize];
        FileBytes.ReadExactly(archive.File, data, manifest.HeaderOffset + LocalHeader.LengthOf(header));
        return data;
    }

    private static PackageIdentity Parse(Stream content)
    {
        using var reader = XmlReader.Create(content, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LongestManifest,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });

        string? id = null;
        string? version = null;
        var isMetadata = false;
        while ((id is null || version is null) && reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            isMetadata = reader.Depth == 1 ? reader.LocalName == "metadata" : isMetadata;
            if (!isMetadata || reader.Depth != 2)
            {
                continue;
            }

            if (reader.LocalName == "id")
            {
                id ??= ReadText(reader);
            }
            else if (reader.LocalName == "version")
            {
                version ??= ReadText(reader);
            }
        }

        if (!IsId(id))
        {
            throw new ArchiveFormatException("The manifest (.nuspec) has no valid package id.");
        }

        return version is { Length: <= LongestId } && NuGetVersion.TryParse(version, out var parsed)
            ? new PackageIdentity(id!, parsed.ToNormalizedString())
            : throw new ArchiveFormatException("The manifest (.nuspec) has no valid version.");
    }

    /// <summary>The text of the element, without moving past its end, so that the next element is not skipped.</summary>
    private static string ReadText(XmlReader reader)
    {
        using var element = reader.ReadSubtree();
        element.Read();
        return element.ReadElementContentAsString().Trim();
    }

    /// <summary>An id goes into messages and file names, so nothing but what NuGet allows in one is let through.</summary>
    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= LongestId } && id.All(static character => char.IsLetterOrDigit(character) || character is '_' or '.' or '-');
}
