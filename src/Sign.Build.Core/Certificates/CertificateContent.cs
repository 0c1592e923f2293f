using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// Reads ahead. The platform decodes the fields of a certificate when they are asked for: a date, a name or a key that is
/// malformed would otherwise surface as the platform's exception wherever it is first used, and an extension that one thread is
/// decoding looks empty to another.
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
            foreach (var extension in certificate.Extensions)
            {
                Decode(extension);
            }

            return true;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return false;
        }
    }

    // Addresses of the authority are not among them: the platform shows those whole or not at all, and nobody needs them to be readable.
    private static void Decode(X509Extension extension)
    {
        switch (extension)
        {
            case X509EnhancedKeyUsageExtension usages:
                _ = usages.EnhancedKeyUsages;
                break;
            case X509KeyUsageExtension usage:
                _ = usage.KeyUsages;
                break;
            case X509BasicConstraintsExtension constraints:
                _ = constraints.CertificateAuthority;
                break;
            case X509SubjectKeyIdentifierExtension subject:
                _ = subject.SubjectKeyIdentifier;
                break;
            case X509AuthorityKeyIdentifierExtension authority:
                _ = authority.KeyIdentifier;
                break;
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
