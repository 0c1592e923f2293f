using System.Security.Cryptography;

namespace Sign.Build.Core.Verification;

/// <summary>The algorithms that the signature format allows, and names of the others for messages.</summary>
internal static class AcceptedAlgorithms
{
    public const int MinimumKeySize = 2048;

    /// <summary>The hash algorithm with this identifier, or null where signatures may not use it.</summary>
    public static HashAlgorithmName? Hash(string? oid) => oid switch
    {
        Oids.Sha256 => HashAlgorithmName.SHA256,
        Oids.Sha384 => HashAlgorithmName.SHA384,
        Oids.Sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>Whether a certificate may be signed by its issuer with this algorithm.</summary>
    public static bool IsCertificateSignature(string? oid) => oid is Oids.RsaSha256 or Oids.RsaSha384 or Oids.RsaSha512;

    /// <summary>Whether a signature by this algorithm proves nothing any more: MD5, SHA-1.</summary>
    public static bool IsWeakCertificateSignature(string? oid) => oid is
        "1.2.840.113549.1.1.2" or "1.2.840.113549.1.1.3" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10040.4.3" or "1.2.840.10045.4.1";

    /// <summary>Whether a signature over a package may use this algorithm: RSA with PKCS #1 v1.5 padding, named with or without its digest.</summary>
    public static bool IsPackageSignature(string? oid) => oid == Oids.Rsa || IsCertificateSignature(oid);

    /// <summary>A name for messages: <c>SHA-1</c>, <c>RSASSA-PSS</c>, else the identifier.</summary>
    public static string Name(Oid oid) => oid.Value switch
    {
        Oids.Sha1 => "SHA-1",
        Oids.Sha256 => "SHA-256",
        Oids.Sha384 => "SHA-384",
        Oids.Sha512 => "SHA-512",
        Oids.RsaPss => "RSASSA-PSS",
        "1.2.840.113549.2.5" => "MD5",
        "1.2.840.113549.1.1.4" => "MD5 with RSA",
        "1.2.840.113549.1.1.5" => "SHA-1 with RSA",
        "1.2.840.10045.2.1" => "ECDSA",
        "1.2.840.10045.4.1" => "ECDSA with SHA-1",
        "1.2.840.10045.4.3.2" => "ECDSA with SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA with SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA with SHA-512",
        "1.2.840.10040.4.1" => "DSA",
        _ => "algorithm " + SafeText.Line(oid.Value, 64),
    };
}
