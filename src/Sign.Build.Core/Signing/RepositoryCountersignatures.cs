using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using NuGet.Packaging.Signing;

namespace Sign.Build.Core.Signing;

/// <summary>
/// The repository countersignature among the unsigned attributes of a primary signature. .NET can add an unsigned attribute to
/// a primary SignerInfo only, so the timestamp of a countersignature is put into its encoded form here.
/// </summary>
internal static class RepositoryCountersignatures
{
    private static readonly Asn1Tag SignedAttributes = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag UnsignedAttributes = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Removes all repository countersignatures; others stay.</summary>
    public static void Remove(SignedCms cms)
    {
        while (Find(cms) is { } found)
        {
            cms.SignerInfos[0].RemoveUnsignedAttribute(new AsnEncodedData(SignatureOids.Countersignature, found));
        }
    }

    /// <summary>The signature value of the countersignature, which its timestamp is about.</summary>
    public static byte[] SignatureValue(SignedCms cms)
    {
        var signerInfo = new AsnReader(Required(cms), AsnEncodingRules.DER).ReadSequence();
        SkipToSignature(signerInfo);
        return signerInfo.ReadOctetString();
    }

    /// <summary>Puts a timestamp token into the countersignature, which has no unsigned attributes yet.</summary>
    public static void AddTimestamp(SignedCms cms, SignedCms token)
    {
        var countersignature = Required(cms);
        var signerInfo = new AsnReader(countersignature, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            while (signerInfo.HasData)
            {
                writer.WriteEncodedValue(signerInfo.ReadEncodedValue().Span);
            }

            // UnsignedAttributes ::= [1] IMPLICIT SET OF Attribute { type, SET OF value }, RFC 5652 section 5.3.
            using (writer.PushSetOf(UnsignedAttributes))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SignatureOids.SignatureTimestampToken);
                using (writer.PushSetOf())
                {
                    writer.WriteEncodedValue(token.Encode());
                }
            }
        }

        cms.SignerInfos[0].RemoveUnsignedAttribute(new AsnEncodedData(SignatureOids.Countersignature, countersignature));
        cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(SignatureOids.Countersignature, writer.Encode()));
    }

    private static byte[] Required(SignedCms cms) => Find(cms) ?? throw new InvalidOperationException("There is no repository countersignature.");

    // Attribute values and .NET's CounterSignerInfos stand in the same order.
    private static byte[]? Find(SignedCms cms)
    {
        var signer = cms.SignerInfos[0];
        var values = signer.UnsignedAttributes.Cast<CryptographicAttributeObject>()
            .Where(attribute => attribute.Oid.Value == SignatureOids.Countersignature)
            .SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>());
        return values.Zip(signer.CounterSignerInfos.Cast<SignerInfo>())
            .Where(pair => AttributeUtility.GetSignatureType(pair.Second.SignedAttributes) == SignatureType.Repository)
            .Select(pair => pair.First.RawData)
            .FirstOrDefault();
    }

    // SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, [1] unsignedAttrs }
    private static void SkipToSignature(AsnReader signerInfo)
    {
        for (var field = 0; field < 3; field++)
        {
            signerInfo.ReadEncodedValue();
        }

        if (signerInfo.PeekTag().HasSameClassAndValue(SignedAttributes))
        {
            signerInfo.ReadEncodedValue();
        }

        signerInfo.ReadEncodedValue();
    }
}
