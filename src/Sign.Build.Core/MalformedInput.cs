using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Sign.Build.Core;

/// <summary>The exceptions by which the platform's decoders say that their input is malformed.</summary>
internal static class MalformedInput
{
    // SignedCms and X509Certificate2 wrap most of what their readers throw, but not all: an impossible date or
    // identifier in otherwise good ASN.1 surfaces as the exception of the type that refused it.
    public static bool Explains(Exception exception) => exception is
        CryptographicException or AsnContentException or ArgumentException or FormatException or OverflowException;
}
