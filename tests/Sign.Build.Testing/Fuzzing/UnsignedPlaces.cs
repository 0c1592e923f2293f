using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Testing;

/// <summary>
/// The bytes of a signed package that nobody signs and no reader relies on: NuGet's verifier accepts changes there, and so do the rules.
/// </summary>
public static class UnsignedPlaces
{
    private static readonly byte[] CountersignatureType = Convert.FromHexString("06092A864886F70D010906");
    private static readonly byte[] CommitmentType = Convert.FromHexString("060B2A864886F70D0109100210");
    private static readonly byte[] ProofOfReceipt = Convert.FromHexString("060B2A864886F70D0109100602");

    /// <summary>Finds them in a package whose signature is its last entry.</summary>
    public static IReadOnlyList<(int Start, int End, string Reason)> Of(byte[] package, IEnumerable<byte[]> embeddedRoots)
    {
        var layout = ZipLayout.Parse(package);
        var header = ZipLayout.Headers(package.AsSpan(layout.DirectoryOffset, layout.EndOffset - layout.DirectoryOffset))[^1] + layout.DirectoryOffset;
        var local = (int)BinaryPrimitives.ReadUInt32LittleEndian(package.AsSpan(header + 42));

        // The whole entry is left out of the content hash. Of its headers only what decides where and how to read is checked (NU3005).
        var places = new List<(int Start, int End, string Reason)>
        {
            (local + 4, local + 6, "version needed to extract the entry"),
            (local + 10, local + 14, "time and date of the entry"),
            (local + 14, local + 18, "CRC of the entry; the signature protects itself"),
            (header + 4, header + 6, "version that made the entry"),
            (header + 6, header + 8, "version needed to extract the entry"),
            (header + 12, header + 16, "time and date of the entry"),
            (header + 16, header + 20, "CRC of the entry; the signature protects itself"),
            (header + 36, header + 38, "internal attributes of the entry: whether it is text"),
        };

        var (_, signature) = SignedMeaning.Split(package);
        var start = package.AsSpan().IndexOf(signature);
        var cms = new SignedCms();
        cms.Decode(signature);
        var signer = cms.SignerInfos[0];
        places.AddRange(OfCms(package, start));
        foreach (var token in Tokens(signer).Concat(signer.CounterSignerInfos.Cast<SignerInfo>().SelectMany(Tokens)))
        {
            places.AddRange(OfCms(package, start + signature.AsSpan().IndexOf(token)));
        }

        if (Values(signer, Oids.Countersignature).FirstOrDefault() is { } countersignature)
        {
            // Nothing holds a countersignature to its package: it can be taken off, and that is what a change of these comes to.
            var at = start + signature.AsSpan().IndexOf(countersignature);
            places.AddRange(All(package, CountersignatureType).Where(type => type < at).Select(type => (type, type + CountersignatureType.Length, "type of the countersignature's attribute")));
            places.AddRange(All(package, CommitmentType).Where(type => type > at).Select(type => (type, type + CommitmentType.Length, "type of the attribute by which a countersignature is a repository's")));
            places.AddRange(All(package, ProofOfReceipt).Where(value => value > at).Select(value => (value, value + ProofOfReceipt.Length, "value by which a countersignature is a repository's")));
            var signerInfo = Children(package, at);
            places.Add((signerInfo[0].Start, signerInfo[0].End, "version of a signer"));
        }

        // Trust comes from the verifier's own copy of a root. Other embedded certificates are protected by their issuers.
        places.AddRange(embeddedRoots.SelectMany(root => All(package, root).Select(at => (at, at + root.Length, "copy of a root"))));
        return places;
    }

    private static IEnumerable<(int Start, int End, string Reason)> OfCms(byte[] package, int contentInfo)
    {
        var signedData = Children(package, Children(package, Children(package, contentInfo)[1].Start)[0].Start);
        var signerInfo = Children(package, Children(package, signedData[^1].Start)[0].Start);

        // RFC 5652, 5.1 and 5.3: both versions follow from the structure, and the algorithms are a hint for readers in one
        // pass; the signer names its own digest algorithm.
        yield return (signedData[0].Start, signedData[0].End, "version of a CMS");
        yield return (signerInfo[0].Start, signerInfo[0].End, "version of a signer");
        yield return (signedData[1].Start, signedData[1].End, "list of digest algorithms of a CMS");
    }

    private static List<(int Start, int End)> Children(byte[] bytes, int parent)
    {
        AsnDecoder.ReadEncodedValue(bytes.AsSpan(parent), AsnEncodingRules.BER, out var offset, out var length, out _);
        var children = new List<(int Start, int End)>();
        for (var at = parent + offset; at < parent + offset + length;)
        {
            AsnDecoder.ReadEncodedValue(bytes.AsSpan(at), AsnEncodingRules.BER, out _, out _, out var consumed);
            children.Add((at, at + consumed));
            at += consumed;
        }

        return children;
    }

    private static IEnumerable<byte[]> Tokens(SignerInfo signer) => Values(signer, Oids.TimestampToken);

    private static IEnumerable<byte[]> Values(SignerInfo signer, string type) => signer.UnsignedAttributes.Cast<CryptographicAttributeObject>()
        .Where(attribute => attribute.Oid.Value == type)
        .Select(attribute => attribute.Values[0].RawData);

    private static List<int> All(byte[] package, byte[] pattern)
    {
        var positions = new List<int>();
        for (var at = 0; package.AsSpan(at).IndexOf(pattern) is >= 0 and var found; at += found + 1)
        {
            positions.Add(at + found);
        }

        return positions;
    }
}
