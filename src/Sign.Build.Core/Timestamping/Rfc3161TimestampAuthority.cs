using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Timestamping;

/// <summary>
/// The protocol of RFC 3161 with one authority: asks once, and accepts only an answer that belongs to the question.
/// Whether its certificate may be trusted is not decided here.
/// </summary>
internal sealed class Rfc3161TimestampAuthority(Uri url, HashAlgorithmName hashAlgorithm, TimestampTransport transport)
{
    private const int NonceLength = 32;
    private const string TimestampInfoOid = "1.2.840.113549.1.9.16.1.4";
    private const string TimestampingUsageOid = "1.3.6.1.5.5.7.3.8";

    /// <summary>The URL without its query, which may hold a key.</summary>
    public string Name { get; } = url.GetLeftPart(UriPartial.Path);

    /// <summary>Asks for a token over <paramref name="signatureValue"/>.</summary>
    /// <exception cref="TimestampFailureException">There is no token, or it is not the answer to this question.</exception>
    public async Task<Rfc3161TimestampToken> RequestAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(
            signatureValue.Span, hashAlgorithm, requestedPolicyId: null, CreateNonce(), requestSignerCertificates: true);
        var answer = await transport.SendAsync(url, request.Encode(), cancellationToken).ConfigureAwait(false);
        try
        {
            return request.ProcessResponse(answer, out _);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            throw new TimestampFailureException(Explain(request, answer, exception), TimestampFailureKind.Permanent, exception);
        }
    }

    // ProcessResponse says for most of this only that the answer is not acceptable.
    private static string Explain(Rfc3161TimestampRequest request, byte[] answer, Exception exception)
    {
        try
        {
            var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            if (ReadRefusal(response.ReadSequence()) is { } refusal)
            {
                return refusal;
            }

            var cms = new SignedCms();
            cms.Decode(response.ReadEncodedValue().Span);
            return ExplainToken(request, cms) ?? "its token is not acceptable: " + TimestampFailureException.Clause(exception.Message);
        }
        catch (Exception unreadable) when (MalformedInput.Explains(unreadable))
        {
            return "its answer is not an RFC 3161 response";
        }
    }

    // PKIStatusInfo, RFC 3161 section 2.4.2
    private static string? ReadRefusal(AsnReader statusInfo)
    {
        if (!statusInfo.TryReadInt32(out var status))
        {
            throw new AsnContentException();
        }

        if (status is (int)PkiStatus.Granted or (int)PkiStatus.GrantedWithMods)
        {
            return null;
        }

        var texts = new List<string>();
        if (statusInfo.HasData && statusInfo.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            var free = statusInfo.ReadSequence();
            while (free.HasData)
            {
                texts.Add(free.ReadCharacterString(UniversalTagNumber.UTF8String));
            }
        }

        var text = TimestampFailureException.Clause(string.Join(' ', texts));
        return $"it did not grant the timestamp (status {status}" + (text.Length == 0 ? ")" : $": {text})");
    }

    private static string? ExplainToken(Rfc3161TimestampRequest request, SignedCms cms)
    {
        if (cms.SignerInfos.Count != 1)
        {
            return $"its token has {cms.SignerInfos.Count} signers instead of one";
        }

        if (cms.ContentInfo.ContentType.Value != TimestampInfoOid || !Rfc3161TimestampTokenInfo.TryDecode(cms.ContentInfo.Content, out var info, out _))
        {
            return "its token holds no timestamp";
        }

        if (info.HashAlgorithmId.Value != request.HashAlgorithmId.Value)
        {
            return $"its token is over another kind of hash ({Describe(info.HashAlgorithmId)} instead of {Describe(request.HashAlgorithmId)})";
        }

        if (!info.GetMessageHash().Span.SequenceEqual(request.GetMessageHash().Span))
        {
            return "its token is over something else (wrong message imprint)";
        }

        if (info.GetNonce() is not { } nonce || !nonce.Span.SequenceEqual(request.GetNonce()!.Value.Span))
        {
            return "its token answers another request (wrong nonce)";
        }

        return cms.SignerInfos[0].Certificate is { } certificate
            ? ExplainCertificate(certificate, info) ?? ExplainSignature(cms.SignerInfos[0])
            : "its token does not hold the certificate of its signer";
    }

    private static string? ExplainSignature(SignerInfo signer)
    {
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
            return null;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return "the signature of its token is wrong";
        }
    }

    private static string? ExplainCertificate(X509Certificate2 certificate, Rfc3161TimestampTokenInfo info)
    {
        var time = info.Timestamp.UtcDateTime;
        if (time < certificate.NotBefore.ToUniversalTime() || time > certificate.NotAfter.ToUniversalTime())
        {
            return $"the time of its token ({time:yyyy-MM-dd HH:mm:ss} UTC) is outside the validity of its certificate"
                + $" ({certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd})";
        }

        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        var isForTimestamps = usages is { Critical: true, EnhancedKeyUsages: [{ Value: TimestampingUsageOid }] };
        return isForTimestamps ? null : "its certificate is not one for timestamping only (critical extended key usage)";
    }

    private static string Describe(Oid oid) => oid.FriendlyName ?? oid.Value ?? "unknown";

    // As an ASN.1 integer it has to be positive and must not begin with a zero octet.
    private static byte[] CreateNonce()
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        nonce[0] = (byte)((nonce[0] & 0x7f) | 0x40);
        return nonce;
    }

    private enum PkiStatus
    {
        Granted = 0,
        GrantedWithMods = 1,
    }
}
