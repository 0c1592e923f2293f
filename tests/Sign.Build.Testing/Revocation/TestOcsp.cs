using System.Formats.Asn1;

namespace Sign.Build.Testing;

/// <summary>What OCSP says about one certificate.</summary>
/// <param name="Known">Whether the responder knows it.</param>
/// <param name="Revoked">Since when it is revoked, or null.</param>
public sealed record TestOcspStatus(bool Known, DateTimeOffset? Revoked)
{
    public static TestOcspStatus Good { get; } = new(Known: true, Revoked: null);

    public static TestOcspStatus Unknown { get; } = new(Known: false, Revoked: null);
}

/// <summary>Basic OCSP responses (RFC 6960), signed by the issuer itself: SHA-256 with RSA.</summary>
public static class TestOcsp
{
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Context2 = new(TagClass.ContextSpecific, 2);

    /// <summary>Answers every certificate of a request.</summary>
    public static byte[] CreateResponse(
        TestCertificateAuthority issuer, byte[] request, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, Func<string, TestOcspStatus> statusOf)
    {
        var (identifiers, nonce) = ReadRequest(request);
        var data = EncodeResponseData(issuer, identifiers, nonce, thisUpdate, nextUpdate, statusOf);
        var basic = new AsnWriter(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(data);
            using (basic.PushSequence())
            {
                basic.WriteObjectIdentifier(Oids.Sha256WithRsa);
                basic.WriteNull();
            }

            basic.WriteBitString(issuer.SignData(data));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0A, 1, 0]); // successful
            using (writer.PushSequence(Context0))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.OcspBasicResponse);
                writer.WriteOctetString(basic.Encode());
            }
        }

        return writer.Encode();
    }

    private static (List<byte[]> Identifiers, byte[]? Nonce) ReadRequest(byte[] encoded)
    {
        var request = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        while (request.PeekTag() is { TagClass: TagClass.ContextSpecific })
        {
            request.ReadEncodedValue();
        }

        var identifiers = new List<byte[]>();
        var list = request.ReadSequence();
        while (list.HasData)
        {
            identifiers.Add(list.ReadSequence().ReadEncodedValue().ToArray());
        }

        if (!request.HasData)
        {
            return (identifiers, null);
        }

        var extensions = request.ReadSequence(Context2).ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadEncodedValue();
            if (new AsnReader(extension, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() == Oids.OcspNonce)
            {
                return (identifiers, extension.ToArray());
            }
        }

        return (identifiers, null);
    }

    private static byte[] EncodeResponseData(
        TestCertificateAuthority issuer, List<byte[]> identifiers, byte[]? nonce, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, Func<string, TestOcspStatus> statusOf)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Context1))
            {
                writer.WriteEncodedValue(issuer.Certificate.SubjectName.RawData);
            }

            writer.WriteGeneralizedTime(thisUpdate, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (var identifier in identifiers)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(identifier);
                        WriteStatus(writer, statusOf(SerialOf(identifier)));
                        writer.WriteGeneralizedTime(thisUpdate, omitFractionalSeconds: true);
                        using (writer.PushSequence(Context0))
                        {
                            writer.WriteGeneralizedTime(nextUpdate, omitFractionalSeconds: true);
                        }
                    }
                }
            }

            if (nonce is not null)
            {
                using (writer.PushSequence(Context1))
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(nonce);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteStatus(AsnWriter writer, TestOcspStatus status)
    {
        if (status.Revoked is { } time)
        {
            using (writer.PushSequence(Context1))
            {
                writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
            }
        }
        else
        {
            writer.WriteNull(status.Known ? Context0 : Context2);
        }
    }

    private static string SerialOf(byte[] identifier)
    {
        var reader = new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence();
        reader.ReadEncodedValue();
        reader.ReadEncodedValue();
        reader.ReadEncodedValue();
        return Convert.ToHexString(reader.ReadIntegerBytes().Span);
    }
}
