namespace Sign.Build.Testing;

/// <summary>Object identifiers that rigs write and tests compare.</summary>
public static class Oids
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string Countersignature = "1.2.840.113549.1.9.6";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string TimestampToken = "1.2.840.113549.1.9.16.2.14";
    public const string CommitmentType = "1.2.840.113549.1.9.16.2.16";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string ProofOfOrigin = "1.2.840.113549.1.9.16.6.1";
    public const string ProofOfReceipt = "1.2.840.113549.1.9.16.6.2";
    public const string ServiceIndexUrl = "1.3.6.1.4.1.311.84.2.1.1.1";
    public const string PackageOwners = "1.3.6.1.4.1.311.84.2.1.1.2";

    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    public const string Timestamping = "1.3.6.1.5.5.7.3.8";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string LifetimeSigning = "1.3.6.1.4.1.311.10.3.13";

    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string Sha1WithRsa = "1.2.840.113549.1.1.5";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    public const string OcspBasicResponse = "1.3.6.1.5.5.7.48.1.1";
    public const string OcspNonce = "1.3.6.1.5.5.7.48.1.2";
    public const string AccessOcsp = "1.3.6.1.5.5.7.48.1";
    public const string AccessIssuers = "1.3.6.1.5.5.7.48.2";

    /// <summary>The identifier of a hash algorithm.</summary>
    public static string Of(System.Security.Cryptography.HashAlgorithmName algorithm) => algorithm.Name switch
    {
        "SHA1" => Sha1,
        "SHA256" => Sha256,
        "SHA384" => Sha384,
        "SHA512" => Sha512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm.Name, "No such hash algorithm here."),
    };
}
