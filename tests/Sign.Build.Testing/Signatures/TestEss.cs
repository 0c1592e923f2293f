using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>Values of the attributes that bind a signature to its certificate (RFC 2634, RFC 5035).</summary>
public static class TestEss
{
    /// <summary>SigningCertificate: SHA-1, with issuer and serial.</summary>
    public static byte[] EncodeV1(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA1.HashData(certificate.RawData));
            WriteIssuerSerial(writer, certificate);
        }

        return writer.Encode();
    }

    /// <summary>SigningCertificateV2 with one entry.</summary>
    /// <param name="certificate">The certificate it names.</param>
    /// <param name="algorithm">Hash; null: SHA-256.</param>
    /// <param name="writeAlgorithm">Whether the algorithm is written; DER leaves out SHA-256, NuGet writes it all the same.</param>
    /// <param name="issuerSerial">Whether issuer and serial are written.</param>
    public static byte[] EncodeV2(X509Certificate2 certificate, HashAlgorithmName? algorithm = null, bool writeAlgorithm = false, bool issuerSerial = true)
    {
        var hash = algorithm ?? HashAlgorithmName.SHA256;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            if (writeAlgorithm || hash != HashAlgorithmName.SHA256)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Of(hash));
                }
            }

            writer.WriteOctetString(CryptographicOperations.HashData(hash, certificate.RawData));
            if (issuerSerial)
            {
                WriteIssuerSerial(writer, certificate);
            }
        }

        return writer.Encode();
    }

    private static void WriteIssuerSerial(AsnWriter writer, X509Certificate2 certificate)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            {
                writer.WriteEncodedValue(certificate.IssuerName.RawData);
            }

            writer.WriteInteger(certificate.SerialNumberBytes.Span);
        }
    }
}
