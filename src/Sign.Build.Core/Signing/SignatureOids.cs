namespace Sign.Build.Core.Signing;

/// <summary>Object identifiers that a NuGet signature is made of.</summary>
internal static class SignatureOids
{
    /// <summary>id-aa-signatureTimeStampToken, RFC 3161 appendix A.</summary>
    public const string SignatureTimestampToken = "1.2.840.113549.1.9.16.2.14";

    /// <summary>id-countersignature, RFC 5652 section 11.4.</summary>
    public const string Countersignature = "1.2.840.113549.1.9.6";

    /// <summary>Subject key identifier extension, RFC 5280 section 4.2.1.2.</summary>
    public const string SubjectKeyIdentifier = "2.5.29.14";
}
