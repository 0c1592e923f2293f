using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>Names of certificates as their raw DER, which is what issuer and subject are matched by.</summary>
internal static class CertificateNames
{
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The subject of a DER certificate, without the cost of an <see cref="X509Certificate2"/>.</summary>
    /// <exception cref="AsnContentException">Not a certificate.</exception>
    public static ReadOnlyMemory<byte> ReadSubject(ReadOnlyMemory<byte> certificate)
    {
        var toBeSigned = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (toBeSigned.PeekTag().HasSameClassAndValue(VersionTag))
        {
            toBeSigned.ReadEncodedValue();
        }

        toBeSigned.ReadEncodedValue(); // serialNumber
        toBeSigned.ReadEncodedValue(); // signature
        toBeSigned.ReadEncodedValue(); // issuer
        toBeSigned.ReadEncodedValue(); // validity
        return toBeSigned.ReadEncodedValue();
    }

    /// <summary>Whether the certificate names itself as its issuer.</summary>
    public static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
