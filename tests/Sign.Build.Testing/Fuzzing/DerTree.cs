using System.Formats.Asn1;

namespace Sign.Build.Testing;

/// <summary>A DER structure that can be rearranged; lengths are written anew.</summary>
public sealed class DerTree
{
    private readonly byte _tag;
    private readonly byte[] _value;

    private DerTree(byte tag, byte[] value, List<DerTree> children)
    {
        _tag = tag;
        _value = value;
        Children = children;
    }

    /// <summary>Parts of a constructed value; empty for a primitive one.</summary>
    public List<DerTree> Children { get; }

    /// <summary>Reads one value. Tags beyond 30 do not occur in CMS.</summary>
    public static DerTree Parse(ReadOnlySpan<byte> encoded)
    {
        AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.BER, out var offset, out var length, out _);
        var value = encoded.Slice(offset, length);
        var children = new List<DerTree>();
        if ((encoded[0] & 0x20) != 0)
        {
            for (var at = 0; at < value.Length;)
            {
                AsnDecoder.ReadEncodedValue(value[at..], AsnEncodingRules.BER, out _, out _, out var consumed);
                children.Add(Parse(value.Slice(at, consumed)));
                at += consumed;
            }
        }

        return new DerTree(encoded[0], value.ToArray(), children);
    }

    /// <summary>This node and all below it that have children.</summary>
    public IEnumerable<DerTree> Parents() => Children.Count == 0 ? [] : [this, .. Children.SelectMany(child => child.Parents())];

    /// <summary>The bytes.</summary>
    public byte[] Encode()
    {
        byte[] value = Children.Count == 0 ? (_tag & 0x20) != 0 ? [] : _value : [.. Children.SelectMany(child => child.Encode())];
        byte[] length = value.Length switch
        {
            < 0x80 => [(byte)value.Length],
            < 0x100 => [0x81, (byte)value.Length],
            < 0x10000 => [0x82, (byte)(value.Length >> 8), (byte)value.Length],
            _ => [0x83, (byte)(value.Length >> 16), (byte)(value.Length >> 8), (byte)value.Length],
        };
        return [_tag, .. length, .. value];
    }
}
