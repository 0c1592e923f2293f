using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>Makes the CMS of a NuGet signature piece by piece, so that every piece can be wrong.</summary>
public static class TestSignature
{
    /// <summary>Signs an unsigned package; the result belongs into <c>.signature.p7s</c>.</summary>
    public static byte[] Create(byte[] unsignedPackage, TestSignatureOptions? options = null)
    {
        options ??= new();
        var hash = Convert.ToBase64String(CryptographicOperations.HashData(options.HashAlgorithm, unsignedPackage));
        var text = options.Content($"Version:1\n\n{Oids.Of(options.HashAlgorithm)}-Hash:{hash}\n\n");
        var cms = new SignedCms(new ContentInfo(new Oid(options.ContentType), Encoding.UTF8.GetBytes(text)));
        cms.ComputeSignature(CreateSigner(options));
        if (options.SecondSigner is not null)
        {
            cms.ComputeSignature(CreateSigner(options with { Signer = options.SecondSigner }));
        }

        foreach (var countersignature in options.Countersignatures)
        {
            cms.SignerInfos[0].ComputeCounterSignature(CreateSigner(countersignature));
            AddTimestamps(() => cms.SignerInfos[0].CounterSignerInfos[^1], countersignature);
        }

        AddTimestamps(() => cms.SignerInfos[0], options);
        return options.CorruptSignature ? CorruptValue(cms) : cms.Encode();
    }

    private static void AddTimestamps(Func<SignerInfo> signer, TestSignatureOptions options)
    {
        var data = options.TimestampOtherData ? [1, 2, 3] : signer().GetSignature();
        foreach (var timestamp in options.Timestamps)
        {
            var token = options.Token(TestTimestampToken.Create(data, timestamp).Encode());
            signer().AddUnsignedAttribute(new AsnEncodedData(new Oid(Oids.TimestampToken), token));
        }
    }

    private static CmsSigner CreateSigner(TestSignatureOptions options)
    {
        var certificate = options.Signer ?? TestPki.Shared.CodeSigning;
        var leaf = certificate.Certificate;
        var hasKeyIdentifier = leaf.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any();
        var signer = new CmsSigner(hasKeyIdentifier ? SubjectIdentifierType.SubjectKeyIdentifier : SubjectIdentifierType.IssuerAndSerialNumber, leaf)
        {
            DigestAlgorithm = new Oid(Oids.Of(options.DigestAlgorithm ?? options.HashAlgorithm)),
            IncludeOption = X509IncludeOption.None,
        };
        if (leaf.GetKeyAlgorithm() == "1.2.840.113549.1.1.1")
        {
            signer.SignaturePadding = options.Padding;
        }

        AddSignedAttributes(signer.SignedAttributes, options, certificate);
        signer.Certificates.AddRange(Embedded(options.Certificates, certificate).ToArray());
        return signer;
    }

    private static void AddSignedAttributes(CryptographicAttributeObjectCollection attributes, TestSignatureOptions options, TestCertificate certificate)
    {
        if (!options.OmitSigningTime)
        {
            attributes.Add(new Pkcs9SigningTime((options.SigningTime ?? DateTimeOffset.UtcNow).UtcDateTime));
        }

        foreach (var commitment in options.CommitmentTypes)
        {
            attributes.Add(new AsnEncodedData(new Oid(Oids.CommitmentType), Encode(writer =>
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(commitment);
                }
            })));
        }

        if (options.MalformedCommitmentType)
        {
            attributes.Add(new AsnEncodedData(new Oid(Oids.CommitmentType), [0x04, 0x01, 0x00]));
        }

        if (!options.OmitSigningCertificateV2)
        {
            var value = options.SigningCertificateV2 ?? TestEss.EncodeV2(certificate.Certificate, options.HashAlgorithm, writeAlgorithm: true);
            attributes.Add(new AsnEncodedData(new Oid(Oids.SigningCertificateV2), value));
        }

        if (options.AddSigningCertificateV1)
        {
            attributes.Add(new AsnEncodedData(new Oid(Oids.SigningCertificate), TestEss.EncodeV1(certificate.Certificate)));
        }

        if (options.ServiceIndexUrl is not null)
        {
            attributes.Add(new AsnEncodedData(new Oid(Oids.ServiceIndexUrl), Encode(writer =>
                writer.WriteCharacterString(UniversalTagNumber.IA5String, options.ServiceIndexUrl))));
        }

        if (options.PackageOwners.Count > 0)
        {
            attributes.Add(new AsnEncodedData(new Oid(Oids.PackageOwners), Encode(writer =>
            {
                using (writer.PushSequence())
                {
                    foreach (var owner in options.PackageOwners)
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, owner);
                    }
                }
            })));
        }
    }

    private static IEnumerable<X509Certificate2> Embedded(TestEmbeddedCertificates which, TestCertificate certificate)
    {
        var leaf = X509CertificateLoader.LoadCertificate(certificate.Certificate.RawData);
        return which switch
        {
            TestEmbeddedCertificates.Chain => [leaf, .. certificate.Issuers],
            TestEmbeddedCertificates.WithoutIntermediates => [leaf, certificate.Root],
            TestEmbeddedCertificates.SignerOnly => [leaf],
            TestEmbeddedCertificates.WithoutSigner => certificate.Issuers,
            _ => [],
        };
    }

    private static byte[] CorruptValue(SignedCms cms)
    {
        var encoded = cms.Encode();
        var value = cms.SignerInfos[0].GetSignature();
        encoded[encoded.AsSpan().LastIndexOf(value) + (value.Length / 2)] ^= 1;
        return encoded;
    }

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
