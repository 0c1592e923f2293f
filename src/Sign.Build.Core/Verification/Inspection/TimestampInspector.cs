using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification;

/// <summary>Reads timestamp tokens. Never throws because of what is in one.</summary>
public static class TimestampInspector
{
    /// <summary>Reads a token.</summary>
    /// <param name="token">DER.</param>
    /// <param name="decoder">Decodes the certificates; null: one that remembers nothing.</param>
    public static InspectedTimestamp Inspect(ReadOnlyMemory<byte> token, CertificateDecoder? decoder = null)
    {
        OpenedCms cms;
        try
        {
            cms = OpenedCms.Open(token);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return Unreadable("it is no CMS structure");
        }

        try
        {
            if (cms.Signers.Count != 1)
            {
                return Unreadable($"it has {cms.Signers.Count} signers instead of one");
            }

            return cms.CertificateCount > InspectionLimits.Certificates
                ? Unreadable($"it has {cms.CertificateCount} certificates, more than anybody needs")
                : Inspect(cms, cms.Decode(decoder ?? new CertificateDecoder()));
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return Unreadable("its CMS structure is malformed");
        }
    }

    private static InspectedTimestamp Inspect(OpenedCms opened, X509Certificate2[] certificates)
    {
        var defects = new List<SignatureDefect>();
        var (token, signer) = (opened.Cms, opened.Signers[0]);
        var info = ReadInfo(token, defects);
        var certificate = OpenedCms.FindSigner(signer, certificates);
        if (certificate is null)
        {
            defects.Add(new SignatureDefect("NU3020", "the certificate of the timestamp authority is not in it, or cannot be read"));
        }
        else
        {
            if (certificates.Length < opened.CertificateCount)
            {
                defects.Add(new SignatureDefect("NU3021", "a certificate in it is malformed"));
            }

            if (SigningCertificateReference.CheckForTimestamp(signer, certificate) is { } reason)
            {
                defects.Add(new SignatureDefect("NU3021", reason));
            }

            if (!OpenedCms.Verifies(signer, certificate))
            {
                defects.Add(new SignatureDefect("NU3021", "its own signature does not verify"));
            }
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

    private static InspectedTimestamp Unreadable(string reason) => new() { Defects = [new SignatureDefect("NU3021", reason)] };
}
