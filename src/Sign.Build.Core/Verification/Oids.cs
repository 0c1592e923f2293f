namespace Sign.Build.Core.Verification;

/// <summary>Object identifiers of the signature format and of the algorithms that it may use.</summary>
internal static class Oids
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string CommitmentTypeIndication = "1.2.840.113549.1.9.16.2.16";
    public const string ProofOfOrigin = "1.2.840.113549.1.9.16.6.1";
    public const string ProofOfReceipt = "1.2.840.113549.1.9.16.6.2";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string TimestampToken = "1.2.840.113549.1.9.16.2.14";
    public const string TimestampTokenInfo = "1.2.840.113549.1.9.16.1.4";
    public const string ServiceIndexUrl = "1.3.6.1.4.1.311.84.2.1.1.1";
    public const string PackageOwners = "1.3.6.1.4.1.311.84.2.1.1.2";

    public const string CodeSigningUsage = "1.3.6.1.5.5.7.3.3";
    public const string TimestampingUsage = "1.3.6.1.5.5.7.3.8";
    public const string AnyUsage = "2.5.29.37.0";
    public const string LifetimeSigningUsage = "1.3.6.1.4.1.311.10.3.13";

    // ETSI baseline timestamp policy: an accuracy of one second is meant where none is given.
    public const string BaselineTimestampPolicy = "0.4.0.2023.1.1";

    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string RsaSha256 = "1.2.840.113549.1.1.11";
    public const string RsaSha384 = "1.2.840.113549.1.1.12";
    public const string RsaSha512 = "1.2.840.113549.1.1.13";
}
