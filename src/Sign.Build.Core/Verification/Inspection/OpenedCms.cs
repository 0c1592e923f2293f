using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification;

/// <summary>
/// A CMS signature (RFC 5652 section 5.1) with its certificates apart. The platform decodes all certificates of a structure anew
/// for each question about a signer, so the signers here belong to the same structure without certificates, and are given theirs.
/// </summary>
internal sealed class OpenedCms
{
    private static readonly Asn1Tag ExplicitContent = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag CertificateSet = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _certificates;

    private OpenedCms(SignedCms cms, SignerInfoCollection signers, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        Cms = cms;
        Signers = signers;
        _certificates = certificates;
    }

    /// <summary>The structure as it is.</summary>
    public SignedCms Cms { get; }

    /// <summary>Its signers.</summary>
    public SignerInfoCollection Signers { get; }

    /// <summary>Number of certificates, readable or not.</summary>
    public int CertificateCount => _certificates.Count;

    /// <summary>Reads a structure.</summary>
    /// <exception cref="CryptographicException">It is none that the platform can read.</exception>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static OpenedCms Open(ReadOnlyMemory<byte> encoded)
    {
        var whole = new SignedCms();
        whole.Decode(encoded.Span);
        var (bare, certificates) = Split(encoded);
        var signed = new SignedCms();
        signed.Decode(bare);
        return new OpenedCms(whole, signed.SignerInfos, certificates);
    }

    /// <summary>The certificates that can be read.</summary>
    /// <exception cref="CryptographicException">One is no certificate at all.</exception>
    public X509Certificate2[] Decode(CertificateDecoder decoder) => [.. _certificates.Select(decoder.Decode).OfType<X509Certificate2>()];

    /// <summary>The certificate that a signer names; null where it is not among <paramref name="certificates"/>.</summary>
    public static X509Certificate2? FindSigner(SignerInfo signer, IReadOnlyList<X509Certificate2> certificates) => signer.SignerIdentifier switch
    {
        { Type: SubjectIdentifierType.IssuerAndSerialNumber, Value: X509IssuerSerial name } => certificates.FirstOrDefault(
            certificate => certificate.SerialNumber == name.SerialNumber && certificate.IssuerName.Name == name.IssuerName),
        { Type: SubjectIdentifierType.SubjectKeyIdentifier, Value: string identifier } => certificates.FirstOrDefault(certificate => HasKeyIdentifier(certificate, identifier)),
        _ => null,
    };

    /// <summary>Whether the signature verifies with the key of exactly this certificate, and covers the content.</summary>
    public static bool Verifies(SignerInfo signer, X509Certificate2 certificate)
    {
        try
        {
            signer.CheckSignature(new X509Certificate2Collection(certificate), verifySignatureOnly: true);
            return true;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return false;
        }
    }

    // Of a certificate without that extension the platform takes a hash of the key, and NuGet what the platform takes.
    private static bool HasKeyIdentifier(X509Certificate2 certificate, string identifier) =>
        certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } extension
            ? extension.SubjectKeyIdentifier == identifier
            : new X509Certificate2Collection(certificate).Find(X509FindType.FindBySubjectKeyIdentifier, identifier, validOnly: false).Count > 0;

    // ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT SignedData }
    // SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo, certificates [0] IMPLICIT OPTIONAL, crls [1] ..., signerInfos }
    private static (byte[] Bare, List<ReadOnlyMemory<byte>> Certificates) Split(ReadOnlyMemory<byte> encoded)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        var contentInfo = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(contentInfo.ReadEncodedValue().Span);
            var signedData = contentInfo.ReadSequence(ExplicitContent).ReadSequence();
            using (writer.PushSequence(ExplicitContent))
            using (writer.PushSequence())
            {
                for (var part = 0; signedData.HasData; part++)
                {
                    if (part == 3 && signedData.PeekTag() == CertificateSet)
                    {
                        ReadCertificates(signedData.ReadSetOf(skipSortOrderValidation: true, CertificateSet), certificates);
                    }
                    else
                    {
                        writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
                    }
                }
            }
        }

        return (writer.Encode(), certificates);
    }

    // CertificateChoices: a certificate, or one of several tagged kinds that nobody uses.
    private static void ReadCertificates(AsnReader set, List<ReadOnlyMemory<byte>> certificates)
    {
        while (set.HasData)
        {
            var isCertificate = set.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence);
            var choice = set.ReadEncodedValue();
            if (isCertificate)
            {
                certificates.Add(choice);
            }
        }
    }
}
