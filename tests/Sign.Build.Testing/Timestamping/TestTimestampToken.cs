using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>Makes RFC 3161 tokens and responses, right or wrong ones.</summary>
public static class TestTimestampToken
{
    /// <summary>A token over the data, as an authority would give for SHA-256.</summary>
    public static SignedCms Create(ReadOnlySpan<byte> data, TestTimestampOptions? options = null) =>
        Create(Rfc3161TimestampRequest.CreateFromData(data, HashAlgorithmName.SHA256, requestSignerCertificates: true), options);

    /// <summary>A token that answers the request.</summary>
    public static SignedCms Create(Rfc3161TimestampRequest request, TestTimestampOptions? options = null)
    {
        options ??= new();
        var content = options.NotTstInfo
            ? new ContentInfo(new Oid(Oids.Data), EncodeTstInfo(request, options))
            : new ContentInfo(new Oid(Oids.TstInfo), EncodeTstInfo(request, options));
        var cms = new SignedCms(content);
        Sign(cms, options.Signer ?? TestPki.Shared.Timestamping, request.RequestSignerCertificate, options);
        if (options.SecondSigner is not null)
        {
            Sign(cms, options.SecondSigner, request.RequestSignerCertificate, options);
        }

        if (!options.CorruptSignature)
        {
            return cms;
        }

        var encoded = cms.Encode();
        var signature = cms.SignerInfos[0].GetSignature();
        encoded[encoded.AsSpan().LastIndexOf(signature) + (signature.Length / 2)] ^= 1;
        var corrupt = new SignedCms();
        corrupt.Decode(encoded);
        return corrupt;
    }

    /// <summary>The whole TimeStampResp for a request.</summary>
    public static byte[] CreateResponse(Rfc3161TimestampRequest request, TestTimestampOptions? options = null)
    {
        options ??= new();
        return EncodeResponse(options.Status is 0 or 1 ? Create(request, options).Encode() : null, options);
    }

    /// <summary>A TimeStampResp around any token.</summary>
    public static byte[] EncodeResponse(byte[]? token, TestTimestampOptions options)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(options.Status);
                if (options.StatusText is not null)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, options.StatusText);
                    }
                }

                if (options.FailInfo is { } bit)
                {
                    // A named bit list ends with its last set bit.
                    var bits = new byte[(bit / 8) + 1];
                    bits[^1] = (byte)(0x80 >> (bit % 8));
                    writer.WriteBitString(bits, 7 - (bit % 8));
                }
            }

            if (token is not null)
            {
                writer.WriteEncodedValue(token);
            }
        }

        return writer.Encode();
    }

    private static byte[] EncodeTstInfo(Rfc3161TimestampRequest request, TestTimestampOptions options)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(options.Policy);
            WriteImprint(writer, request, options);
            writer.WriteInteger(new BigInteger(RandomNumberGenerator.GetBytes(12), isUnsigned: true, isBigEndian: true));
            writer.WriteGeneralizedTime(options.Time ?? DateTimeOffset.UtcNow, omitFractionalSeconds: true);
            if (options.Accuracy is { } accuracy)
            {
                WriteAccuracy(writer, accuracy);
            }

            if (request.GetNonce() is { } nonce && !options.OmitNonce)
            {
                var value = nonce.ToArray();
                value[^1] ^= (byte)(options.WrongNonce ? 1 : 0);
                writer.WriteInteger(new BigInteger(value, isBigEndian: true));
            }
        }

        return writer.Encode();
    }

    private static void WriteImprint(AsnWriter writer, Rfc3161TimestampRequest request, TestTimestampOptions options)
    {
        var hash = request.GetMessageHash().ToArray();
        var algorithm = request.HashAlgorithmId.Value!;
        if (options.ImprintAlgorithm is { } other)
        {
            algorithm = Oids.Of(other);
            hash = [.. Enumerable.Repeat(hash, 4).SelectMany(bytes => bytes).Take(other == HashAlgorithmName.SHA1 ? 20 : int.Parse(other.Name![3..]) / 8)];
        }

        hash[0] ^= (byte)(options.WrongImprint ? 1 : 0);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
                writer.WriteNull();
            }

            writer.WriteOctetString(hash);
        }
    }

    private static void WriteAccuracy(AsnWriter writer, TimeSpan accuracy)
    {
        using (writer.PushSequence())
        {
            if (accuracy.TotalSeconds >= 1)
            {
                writer.WriteInteger((long)accuracy.TotalSeconds);
            }

            if (accuracy.Milliseconds > 0)
            {
                writer.WriteInteger(accuracy.Milliseconds, new Asn1Tag(TagClass.ContextSpecific, 0));
            }
        }
    }

    private static void Sign(SignedCms cms, TestCertificate certificate, bool certificatesWanted, TestTimestampOptions options)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate.Certificate)
        {
            DigestAlgorithm = new Oid(Oids.Of(options.DigestAlgorithm)),
            IncludeOption = X509IncludeOption.None,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime((options.Time ?? DateTimeOffset.UtcNow).UtcDateTime));
        var named = options.SigningCertificateOf ?? certificate.Certificate;
        if (options.SigningCertificateV1)
        {
            signer.SignedAttributes.Add(new AsnEncodedData(new Oid(Oids.SigningCertificate), TestEss.EncodeV1(named)));
        }
        else if (!options.OmitSigningCertificate)
        {
            signer.SignedAttributes.Add(new AsnEncodedData(new Oid(Oids.SigningCertificateV2), TestEss.EncodeV2(named)));
        }

        if (certificatesWanted && !options.OmitCertificates)
        {
            signer.Certificates.Add(X509CertificateLoader.LoadCertificate(certificate.Certificate.RawData));
            if (!options.OmitIssuers)
            {
                signer.Certificates.AddRange(certificate.Issuers.ToArray());
            }
        }

        cms.ComputeSignature(signer);
    }
}
