using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>
/// The signed attributes signing-certificate (RFC 2634) and signing-certificate-v2 (RFC 5035), which bind a signature to one certificate,
/// so that no other certificate with the same key can be put in its place.
/// </summary>
internal static class SigningCertificateReference
{
    private const int Sha1Length = 20;
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    /// <summary>For author and repository signatures: exactly version 2, with issuer and serial number (RFC 5126).</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? CheckForSignature(SignerInfo signer, X509Certificate2 certificate)
    {
        if (signer.SignedAttributes.Values(Oids.SigningCertificate).Count > 0)
        {
            return "it has a signing-certificate attribute of version 1, which is not allowed";
        }

        return signer.SignedAttributes.Values(Oids.SigningCertificateV2) switch
        {
            [] => "it has no signing-certificate-v2 attribute",
            [var value] => Read(value, reader => CheckVersion2(reader, certificate, requireIssuer: true)),
            _ => "it has more than one signing-certificate-v2 attribute or value",
        };
    }

    /// <summary>For timestamps: either version or both, issuer and serial number optional (RFC 3161, RFC 5816).</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? CheckForTimestamp(SignerInfo signer, X509Certificate2 certificate) =>
        (signer.SignedAttributes.Values(Oids.SigningCertificate), signer.SignedAttributes.Values(Oids.SigningCertificateV2)) switch
        {
            ([], []) => "it has no signing-certificate attribute",
            ([_, _, ..], _) or (_, [_, _, ..]) => "it has more than one signing-certificate attribute or value of the same version",
            (var version1, var version2) =>
                (version2 is [var second] ? Read(second, reader => CheckVersion2(reader, certificate, requireIssuer: false)) : null)
                ?? (version1 is [var first] ? Read(first, reader => CheckVersion1(reader, certificate)) : null),
        };

    private static string? Read(byte[] attributeValue, Func<AsnReader, string?> check)
    {
        try
        {
            // SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID, policies SEQUENCE OF PolicyInformation OPTIONAL }
            var certificates = new AsnReader(attributeValue, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            return certificates.HasData ? check(certificates) : "its signing-certificate attribute names no certificate";
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return "its signing-certificate attribute is malformed";
        }
    }

    // ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT sha256, certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }
    private static string? CheckVersion2(AsnReader certificates, X509Certificate2 certificate, bool requireIssuer)
    {
        string? wrong = null;
        for (var isFirst = true; certificates.HasData; isFirst = false)
        {
            var reference = certificates.ReadSequence();
            var oid = reference.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? reference.ReadSequence().ReadObjectIdentifier() : Oids.Sha256;
            if (AcceptedAlgorithms.Hash(oid) is not { } algorithm)
            {
                return $"its signing-certificate-v2 attribute uses {AcceptedAlgorithms.Name(new Oid(oid))}";
            }

            var hash = reference.ReadOctetString();
            if (isFirst)
            {
                wrong = hash.AsSpan().SequenceEqual(CryptographicOperations.HashData(algorithm, certificate.RawDataMemory.Span))
                    ? CheckIssuer(reference, certificate, requireIssuer)
                    : "its signing-certificate-v2 attribute names another certificate";
            }
        }

        return wrong;
    }

    // ESSCertID ::= SEQUENCE { certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }
    // Real authorities have put hashes of other certificates here, and nuget.org accepts them: only the length is held to the format.
    private static string? CheckVersion1(AsnReader certificates, X509Certificate2 certificate)
    {
        var reference = certificates.ReadSequence();
        return reference.ReadOctetString().Length == Sha1Length
            ? CheckIssuer(reference, certificate, requireIssuer: false)
            : "the hash in its signing-certificate attribute is no SHA-1 hash";
    }

    // IssuerSerial ::= SEQUENCE { issuer SEQUENCE OF GeneralName, serialNumber INTEGER }
    private static string? CheckIssuer(AsnReader reference, X509Certificate2 certificate, bool requireIssuer)
    {
        if (!reference.HasData)
        {
            return requireIssuer ? "its signing-certificate-v2 attribute does not name the issuer of the certificate" : null;
        }

        var issuerSerial = reference.ReadSequence();
        reference.ThrowIfNotEmpty();
        var names = issuerSerial.ReadSequence();
        var serialNumber = issuerSerial.ReadIntegerBytes();
        var isSame = serialNumber.Span.SequenceEqual(certificate.SerialNumberBytes.Span)
            && IsIssuer(names, certificate, requireIssuer)
            && !names.HasData;
        return isSame ? null : "its signing-certificate attribute names the issuer or serial number of another certificate";
    }

    private static bool IsIssuer(AsnReader names, X509Certificate2 certificate, bool requireIssuer)
    {
        if (!names.HasData)
        {
            return !requireIssuer;
        }

        if (!names.PeekTag().HasSameClassAndValue(DirectoryName))
        {
            names.ReadEncodedValue();
            return !requireIssuer;
        }

        // Authorities encode their names anew here, with other string types; what counts is the text.
        var name = names.ReadSequence(DirectoryName).ReadEncodedValue();
        return name.Span.SequenceEqual(certificate.IssuerName.RawData)
            || new X500DistinguishedName(name.Span).Name.Equals(certificate.IssuerName.Name, StringComparison.Ordinal);
    }
}
