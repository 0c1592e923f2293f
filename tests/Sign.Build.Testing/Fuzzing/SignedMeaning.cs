using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>
/// All that a signed package says under its signatures: content, signed text and attributes, signature value and certificate,
/// and the same of the timestamp. Two packages with one meaning differ only in what nobody signs.
/// </summary>
public sealed record SignedMeaning(string Content, string Signature, string Timestamp)
{
    /// <summary>The meaning of a package that can be read.</summary>
    public static SignedMeaning Of(byte[] package)
    {
        var (content, signature) = Split(package);
        var cms = new SignedCms();
        cms.Decode(signature);
        var tokens = Values(cms.SignerInfos[0].UnsignedAttributes)
            .Where(value => value.Type == Oids.TimestampToken)
            .Select(value => Describe(value.Value));
        return new SignedMeaning(Convert.ToHexString(SHA256.HashData(content)), Describe(cms), string.Join('\n', tokens));
    }

    /// <summary>A package without its signature, and the signature. Independent of the code under test.</summary>
    public static (byte[] Content, byte[] Signature) Split(byte[] package)
    {
        var layout = ZipLayout.Parse(package);
        var headers = ZipLayout.Headers(package.AsSpan(layout.DirectoryOffset, layout.EndOffset - layout.DirectoryOffset))
            .Select(header => header + layout.DirectoryOffset)
            .ToList();
        var own = headers.Single(header => NameOf(package, header) == ".signature.p7s");
        var start = LocalOffset(package, own);
        var data = start + 30 + BinaryPrimitives.ReadUInt16LittleEndian(package.AsSpan(start + 26)) + BinaryPrimitives.ReadUInt16LittleEndian(package.AsSpan(start + 28));
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(package.AsSpan(start + 22));
        var end = headers.Select(header => LocalOffset(package, header)).Where(offset => offset > start).Append(layout.DirectoryOffset).Min();
        var directory = new List<byte>();
        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i] != own)
            {
                var header = package[headers[i]..(i + 1 < headers.Count ? headers[i + 1] : layout.EndOffset)];
                if (LocalOffset(header, 0) > start)
                {
                    ZipLayout.ShiftOffsets(header, start - end);
                }

                directory.AddRange(header);
            }
        }

        var endRecord = package[layout.EndOffset..];
        BinaryPrimitives.WriteUInt16LittleEndian(endRecord.AsSpan(8), (ushort)(layout.EntryCount - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(endRecord.AsSpan(10), (ushort)(layout.EntryCount - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(endRecord.AsSpan(12), (uint)directory.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(endRecord.AsSpan(16), (uint)(layout.DirectoryOffset - (end - start)));
        return ([.. package[..start], .. package[end..layout.DirectoryOffset], .. directory, .. endRecord], package[data..(data + length)]);
    }

    private static string NameOf(byte[] package, int header) =>
        Encoding.Latin1.GetString(package, header + 46, BinaryPrimitives.ReadUInt16LittleEndian(package.AsSpan(header + 28)));

    private static int LocalOffset(byte[] package, int header) => (int)BinaryPrimitives.ReadUInt32LittleEndian(package.AsSpan(header + 42));

    private static string Describe(byte[] token)
    {
        var cms = new SignedCms();
        cms.Decode(token);
        return Describe(cms);
    }

    private static string Describe(SignedCms cms)
    {
        var signer = cms.SignerInfos[0];

        // A set has no order, and the signature algorithm may be named with or without its hash.
        var attributes = Values(signer.SignedAttributes).Select(value => value.Type + Convert.ToHexString(value.Value)).Order(StringComparer.Ordinal);
        return string.Join('\n', [
            cms.ContentInfo.ContentType.Value, Convert.ToHexString(cms.ContentInfo.Content), .. attributes, signer.DigestAlgorithm.Value,
            Convert.ToHexString(signer.GetSignature()), Convert.ToHexString(signer.Certificate!.RawData)]);
    }

    private static IEnumerable<(string? Type, byte[] Value)> Values(CryptographicAttributeObjectCollection attributes)
    {
        foreach (CryptographicAttributeObject attribute in attributes)
        {
            foreach (AsnEncodedData value in attribute.Values)
            {
                yield return (attribute.Oid.Value, value.RawData);
            }
        }
    }
}
