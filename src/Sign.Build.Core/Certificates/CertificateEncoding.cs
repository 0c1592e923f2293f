using System.Text;

namespace Sign.Build.Core.Certificates;

/// <summary>What the bytes of a certificate file are, whatever its extension says.</summary>
internal enum CertificateEncoding
{
    /// <summary>Nothing that is known here.</summary>
    Unknown,

    /// <summary>No bytes, or white space alone.</summary>
    Empty,

    /// <summary>Text with <c>-----BEGIN</c> lines.</summary>
    Pem,

    /// <summary>PKCS#12: certificates and keys.</summary>
    Pfx,

    /// <summary>One DER certificate.</summary>
    Certificate,

    /// <summary>PKCS#7: certificates alone (<c>.p7b</c>).</summary>
    Pkcs7,

    /// <summary>A DER key, PKCS#1 or PKCS#8.</summary>
    Key,

    /// <summary>Base64 text without <c>-----BEGIN</c> lines.</summary>
    Base64,
}

/// <summary>Tells encodings of certificates apart by their first bytes.</summary>
internal static class CertificateEncodings
{
    /// <summary>The encoding of <paramref name="content"/>.</summary>
    public static CertificateEncoding Detect(ReadOnlySpan<byte> content)
    {
        if (content.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return CertificateEncoding.Empty;
        }

        if (content.IndexOf("-----BEGIN "u8) >= 0)
        {
            return CertificateEncoding.Pem;
        }

        return content[0] == 0x30
            ? DetectDer(content)
            : content.StartsWith("MI"u8) ? CertificateEncoding.Base64 : CertificateEncoding.Unknown;
    }

    /// <summary><paramref name="content"/> as UTF-8: PowerShell 5 redirects text as UTF-16.</summary>
    public static byte[] ToUtf8(byte[] content) => content switch
    {
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, content, 2, content.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, content, 2, content.Length - 2),
        _ => content,
    };

    // All of them are a SEQUENCE; its first element differs: PFX INTEGER 3, keys INTEGER 0 or 1 (an encrypted PKCS#8 key is
    // not told from a certificate here, both begin with a SEQUENCE), certificate SEQUENCE, PKCS#7 OBJECT IDENTIFIER.
    // Lengths may be indefinite (BER) in PFX and PKCS#7.
    private static CertificateEncoding DetectDer(ReadOnlySpan<byte> content)
    {
        if (content.Length < 2)
        {
            return CertificateEncoding.Unknown;
        }

        var lengthBytes = content[1] > 0x80 ? content[1] & 0x7F : 0;
        var first = content[Math.Min(2 + lengthBytes, content.Length)..];
        return first switch
        {
            [0x02, 0x01, 0x03, ..] => CertificateEncoding.Pfx,
            [0x02, 0x01, 0x00 or 0x01, ..] => CertificateEncoding.Key,
            [0x30, ..] => CertificateEncoding.Certificate,
            [0x06, ..] => CertificateEncoding.Pkcs7,
            _ => CertificateEncoding.Unknown,
        };
    }
}
