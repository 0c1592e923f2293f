using System.Formats.Asn1;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification;

/// <summary>Reads package signatures. Never throws because of what is in one.</summary>
public static class SignatureInspector
{
    /// <summary>Reads the content of a package's signature entry.</summary>
    /// <param name="signature">The entry's bytes, DER.</param>
    /// <param name="decoder">Decodes the certificates; null: one that remembers nothing.</param>
    /// <returns>The signature, or null and the reason why there is none to look at.</returns>
    public static (InspectedSignature? Signature, SignatureDefect? Defect) Inspect(ReadOnlyMemory<byte> signature, CertificateDecoder? decoder = null)
    {
        try
        {
            var cms = OpenedCms.Open(signature);
            if (cms.Signers.Count != 1)
            {
                return (null, new SignatureDefect("NU3009", $"it has {cms.Signers.Count} signers instead of one"));
            }

            return cms.CertificateCount > InspectionLimits.Certificates
                ? (null, TooMany(cms.CertificateCount, "certificates"))
                : (Inspect(cms, FindTrailingData(signature.Span), decoder ?? new CertificateDecoder()), null);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return (null, new SignatureDefect("NU3003", "it is no CMS structure"));
        }
    }

    // The decoder reads one structure and leaves the rest; nobody who makes signatures leaves any.
    private static SignatureDefect[] FindTrailingData(ReadOnlySpan<byte> signature)
    {
        AsnDecoder.ReadEncodedValue(signature, AsnEncodingRules.BER, out _, out _, out var length);
        return length == signature.Length ? [] : [new SignatureDefect("NU3003", $"there are {signature.Length - length} bytes behind its CMS structure")];
    }

    private static InspectedSignature Inspect(OpenedCms opened, IEnumerable<SignatureDefect> known, CertificateDecoder decoder)
    {
        List<SignatureDefect> defects = [.. known];
        var (cms, signer, certificates) = (opened.Cms, opened.Signers[0], opened.Decode(decoder));
        var attributes = new SignerAttributes(signer, defects, "NU3011");
        var (content, defect) = SignedContent.Parse(cms.ContentInfo.Content);
        if (defect is not null)
        {
            defects.Add(defect);
        }

        if (cms.ContentInfo.ContentType.Value != Oids.Data)
        {
            defects.Add(new SignatureDefect(null, $"its content has the type {SafeText.Line(cms.ContentInfo.ContentType.Value, 64)} instead of data"));
        }

        var certificate = OpenedCms.FindSigner(signer, certificates);
        if (certificate is not null && certificates.Length < opened.CertificateCount)
        {
            defects.Add(new SignatureDefect("NU3003", "a certificate in it is malformed"));
        }

        CheckSigner(signer, certificate, attributes.Type != PackageSignatureType.Unknown, SignerCodes.Primary, defects);
        var counterSigners = signer.CounterSignerInfos;
        if (counterSigners.Count > InspectionLimits.Countersignatures)
        {
            defects.Add(TooMany(counterSigners.Count, "countersignatures"));
        }

        return new InspectedSignature
        {
            SignedCms = cms,
            Type = attributes.Type,
            HasConflictingTypes = attributes.HasConflictingTypes,
            SignerInfo = signer,
            Certificate = certificate,
            Certificates = certificates,
            SignatureValue = signer.GetSignature(),
            SigningTime = attributes.SigningTime,
            ServiceIndexUrl = attributes.ServiceIndexUrl,
            Owners = attributes.Owners,
            Content = content,
            Timestamps = InspectTimestamps(signer, defects, decoder),
            Countersignatures =
            [
                .. counterSigners.Cast<SignerInfo>().Take(InspectionLimits.Countersignatures)
                    .Select(counterSigner => InspectCountersignature(counterSigner, certificates, decoder)),
            ],
            Defects = defects,
        };
    }

    private static InspectedCountersignature InspectCountersignature(SignerInfo signer, IReadOnlyList<X509Certificate2> certificates, CertificateDecoder decoder)
    {
        var defects = new List<SignatureDefect>();
        var attributes = new SignerAttributes(signer, defects, SignerCodes.Countersignature.Invalid);
        var certificate = OpenedCms.FindSigner(signer, certificates);
        if (attributes.Type != PackageSignatureType.Unknown)
        {
            CheckSigner(signer, certificate, requiresReference: true, SignerCodes.Countersignature, defects);
        }

        return new InspectedCountersignature
        {
            Type = attributes.Type,
            HasConflictingTypes = attributes.HasConflictingTypes,
            SignerInfo = signer,
            Certificate = certificate,
            Certificates = certificates,
            SignatureValue = signer.GetSignature(),
            SigningTime = attributes.SigningTime,
            ServiceIndexUrl = attributes.ServiceIndexUrl,
            Owners = attributes.Owners,
            Timestamps = InspectTimestamps(signer, defects, decoder),
            Defects = defects,
        };
    }

    private static void CheckSigner(SignerInfo signer, X509Certificate2? certificate, bool requiresReference, SignerCodes codes, List<SignatureDefect> defects)
    {
        if (certificate is null)
        {
            defects.Add(new SignatureDefect(codes.NoCertificate, "the certificate of the signer is not in it, or cannot be read"));
            return;
        }

        if (requiresReference && SigningCertificateReference.CheckForSignature(signer, certificate) is { } reason)
        {
            defects.Add(new SignatureDefect(codes.Invalid, reason));
        }

        if (!OpenedCms.Verifies(signer, certificate))
        {
            defects.Add(new SignatureDefect("NU3012", "the signature does not verify with the key of its certificate"));
        }
    }

    private static InspectedTimestamp[] InspectTimestamps(SignerInfo signer, List<SignatureDefect> defects, CertificateDecoder decoder)
    {
        var values = signer.UnsignedAttributes.Values(Oids.TimestampToken);
        if (values.Count > InspectionLimits.Timestamps)
        {
            defects.Add(TooMany(values.Count, "timestamps"));
        }

        return [.. values.Take(InspectionLimits.Timestamps).Select(value => TimestampInspector.Inspect(value, decoder))];
    }

    private static SignatureDefect TooMany(int count, string what) => new(null, $"it has {count} {what}, more than anybody needs");

    private sealed record SignerCodes(string NoCertificate, string Invalid)
    {
        public static SignerCodes Primary { get; } = new("NU3010", "NU3011");

        public static SignerCodes Countersignature { get; } = new("NU3034", "NU3031");
    }
}
