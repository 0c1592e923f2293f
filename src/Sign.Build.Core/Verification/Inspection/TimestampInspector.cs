using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Verification;

/// <summary>Reads timestamp tokens. Never throws because of what is in one.</summary>
public static class TimestampInspector
{
    /// <summary>Reads an encoded token.</summary>
    public static InspectedTimestamp Inspect(ReadOnlyMemory<byte> token)
    {
        var cms = new SignedCms();
        try
        {
            cms.Decode(token.Span);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return Unreadable("it is no CMS structure");
        }

        return Inspect(cms);
    }

    /// <summary>Reads a decoded token.</summary>
    public static InspectedTimestamp Inspect(SignedCms token)
    {
        try
        {
            var signers = token.SignerInfos;
            if (signers.Count != 1)
            {
                return Unreadable($"it has {signers.Count} signers instead of one");
            }

            var certificates = token.Certificates;
            return certificates.Count > InspectionLimits.Certificates
                ? Unreadable($"it has {certificates.Count} certificates, more than anybody needs")
                : Inspect(token, signers[0], EmbeddedCertificates.Of(certificates));
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return Unreadable("its CMS structure is malformed");
        }
    }

    private static InspectedTimestamp Inspect(SignedCms token, SignerInfo signer, X509Certificate2[] certificates)
    {
        var defects = new List<SignatureDefect>();
        var info = ReadInfo(token, defects);
        var certificate = EmbeddedCertificates.OfSigner(signer);
        if (certificate is null)
        {
            defects.Add(new SignatureDefect("NU3020", "the certificate of the timestamp authority is not in it, or cannot be read"));
        }
        else
        {
            if (SigningCertificateReference.CheckForTimestamp(signer, certificate) is { } reason)
            {
                defects.Add(new SignatureDefect("NU3021", reason));
            }

            CheckSignature(signer, defects);
        }

        return new InspectedTimestamp
        {
            Token = token,
            Info = info,
            SignerInfo = signer,
            Certificate = certificate,
            Certificates = certificates,
            Accuracy = ReadAccuracy(info, defects),
            Defects = defects,
        };
    }

    private static Rfc3161TimestampTokenInfo? ReadInfo(SignedCms token, List<SignatureDefect> defects)
    {
        if (token.ContentInfo.ContentType.Value != Oids.TimestampTokenInfo)
        {
            defects.Add(new SignatureDefect("NU3021", "it is a signature, but not over a timestamp"));
            return null;
        }

        var content = token.ContentInfo.Content;
        if (Rfc3161TimestampTokenInfo.TryDecode(content, out var info, out var length) && length == content.Length)
        {
            return info;
        }

        defects.Add(new SignatureDefect("NU3021", "what it signs is no timestamp"));
        return null;
    }

    private static TimeSpan ReadAccuracy(Rfc3161TimestampTokenInfo? info, List<SignatureDefect> defects)
    {
        switch (info?.AccuracyInMicroseconds)
        {
            case null:
                return info?.PolicyId.Value == Oids.BaselineTimestampPolicy ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
            case < 0:
                defects.Add(new SignatureDefect("NU3021", "its accuracy is negative"));
                return TimeSpan.Zero;
            case { } microseconds:
                return TimeSpan.FromMicroseconds(microseconds);
        }
    }

    private static void CheckSignature(SignerInfo signer, List<SignatureDefect> defects)
    {
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            defects.Add(new SignatureDefect("NU3021", "its own signature does not verify"));
        }
    }

    private static InspectedTimestamp Unreadable(string reason) => new() { Defects = [new SignatureDefect("NU3021", reason)] };
}
