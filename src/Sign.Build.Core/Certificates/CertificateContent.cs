using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// Reads ahead. The platform decodes the fields of a certificate when they are asked for: a date, a name or a key that is
/// malformed would otherwise surface as the platform's exception wherever it is first used.
/// </summary>
internal static class CertificateContent
{
    /// <summary>Whether every field that is used here can be read.</summary>
    public static bool IsReadable(X509Certificate2 certificate)
    {
        try
        {
            _ = certificate.NotBefore;
            _ = certificate.NotAfter;
            _ = certificate.SubjectName.Name;
            _ = certificate.IssuerName.Name;
            _ = certificate.SignatureAlgorithm.Value;
            _ = certificate.PublicKey.Oid.Value;
            _ = certificate.Extensions.Count;
            return true;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return false;
        }
    }

    /// <summary>Whether the public key can be read, or is of a kind that is not used here.</summary>
    public static bool HasReadableKey(X509Certificate2 certificate)
    {
        try
        {
            using var key = certificate.GetRSAPublicKey();
            return true;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return false;
        }
    }
}
