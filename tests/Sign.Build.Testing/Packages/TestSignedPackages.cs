using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>Puts signatures into packages byte by byte, without the code that is under test.</summary>
public static class TestSignedPackages
{
    /// <summary>Writes a signed package into the folder and returns its absolute path.</summary>
    public static string Create(
        string directory, string id = "Test.Package", string version = "1.0.0",
        TestSignatureOptions? signature = null, TestSignatureEntryOptions? entry = null, TestPackageOptions? package = null)
    {
        var path = Path.Combine(directory, $"{id}.{version}.nupkg");
        File.WriteAllBytes(path, CreateBytes(id, version, signature, entry, package));
        return path;
    }

    /// <summary>The bytes of such a package.</summary>
    public static byte[] CreateBytes(
        string id = "Test.Package", string version = "1.0.0",
        TestSignatureOptions? signature = null, TestSignatureEntryOptions? entry = null, TestPackageOptions? package = null)
    {
        var content = TestPackages.CreateUnsignedBytes(id, version, package);
        return Insert(content, TestSignature.Create(content, signature), entry);
    }

    /// <summary>Inserts a signature entry into the bytes of an unsigned package.</summary>
    public static byte[] Insert(byte[] content, byte[] signature, TestSignatureEntryOptions? options = null)
    {
        options ??= new();
        var archive = ZipLayout.Parse(content);
        var data = options.Method == 8 ? Deflate(signature) : signature;
        var locals = new List<byte[]>();
        var local = LocalHeader(options, signature, data);
        for (var i = 0; i < options.Copies; i++)
        {
            locals.Add([.. local, .. data]);
        }

        var entries = content[..archive.DirectoryOffset];
        var directory = content[archive.DirectoryOffset..archive.EndOffset];
        var end = content[archive.EndOffset..];
        var inserted = locals.Sum(bytes => bytes.Length);
        var firstOffset = options.First ? 0 : archive.DirectoryOffset;
        if (options.First)
        {
            ZipLayout.ShiftOffsets(directory, inserted);
        }

        var headers = new List<byte>();
        for (var i = 0; i < options.Copies; i++)
        {
            headers.AddRange(DirectoryHeader(options, signature, data, firstOffset + (i * (local.Length + data.Length))));
        }

        var count = (ushort)(archive.EntryCount + options.Copies);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)(directory.Length + headers.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)(archive.DirectoryOffset + inserted));
        var localBytes = locals.SelectMany(bytes => bytes).ToArray();
        return options.First
            ? [.. localBytes, .. entries, .. headers, .. directory, .. end]
            : [.. entries, .. localBytes, .. directory, .. headers, .. end];
    }

    /// <summary>The content of <c>.signature.p7s</c>, or null.</summary>
    public static byte[]? ReadSignature(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        if (archive.GetEntry(".signature.p7s") is not { } entry)
        {
            return null;
        }

        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] LocalHeader(TestSignatureEntryOptions options, byte[] signature, byte[] data)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x04034b50u);
        writer.Write(options.VersionNeeded);
        writer.Write(options.LocalFlags ?? options.Flags);
        writer.Write(options.Method);
        WriteTimeCrcAndSizes(writer, options, signature, data, options.UncompressedSizeError);
        var name = Encoding.UTF8.GetBytes(options.Name);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)options.Extra.Length);
        writer.Write(name);
        writer.Write(options.Extra);
        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] DirectoryHeader(TestSignatureEntryOptions options, byte[] signature, byte[] data, int offset)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x02014b50u);
        writer.Write(options.VersionMadeBy);
        writer.Write(options.VersionNeeded);
        writer.Write(options.Flags);
        writer.Write(options.DirectoryMethod ?? options.Method);
        WriteTimeCrcAndSizes(writer, options, signature, data, options.UncompressedSizeError + options.DirectoryUncompressedSizeError);
        var name = Encoding.UTF8.GetBytes(options.Name);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)options.Extra.Length);
        writer.Write((ushort)options.Comment.Length);
        writer.Write((ushort)0);
        writer.Write(options.InternalAttributes);
        writer.Write(options.ExternalAttributes);
        writer.Write((uint)offset);
        writer.Write(name);
        writer.Write(options.Extra);
        writer.Write(options.Comment);
        writer.Flush();
        return stream.ToArray();
    }

    private static void WriteTimeCrcAndSizes(BinaryWriter writer, TestSignatureEntryOptions options, byte[] signature, byte[] data, int error)
    {
        writer.Write(options.DosTime);
        writer.Write(options.Crc ?? TestCrc32.Of(signature));
        writer.Write((uint)data.Length);
        writer.Write((uint)(signature.Length + error));
    }

    private static byte[] Deflate(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(data);
        }

        return stream.ToArray();
    }
}
