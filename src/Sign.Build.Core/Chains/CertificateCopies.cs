using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>Certificates without their keys, owned by whoever copied them.</summary>
internal static class CertificateCopies
{
    /// <summary>The same certificate in an object of its own, which several threads may read.</summary>
    public static X509Certificate2 Copy(X509Certificate2 certificate)
    {
        var copy = X509CertificateLoader.LoadCertificate(certificate.RawDataMemory.Span);
        CertificateContent.IsReadable(copy);
        return copy;
    }

    /// <summary>Disposes all.</summary>
    public static void DisposeAll(IEnumerable<X509Certificate2> certificates)
    {
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }
    }
}
