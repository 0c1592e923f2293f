using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>
/// Decodes certificates, and remembers them by their bytes: all packages of a build, and most of the world, share a few, and
/// decoding them was most of the work of reading a signature. What it gives belongs to all who have it, so nobody disposes it. May be
/// used by several threads at once.
/// </summary>
public sealed class CertificateDecoder
{
    // Far more than honest packages have; what a hostile one brings along is decoded, and forgotten.
    private const int MostRemembered = 1024;

    private readonly ConcurrentDictionary<string, X509Certificate2> _known = new(StringComparer.Ordinal);

    /// <summary>Decodes one certificate.</summary>
    /// <param name="der">The certificate.</param>
    /// <returns>Null where a field of it is malformed, which would surface in the middle of a rule.</returns>
    /// <exception cref="CryptographicException">It is no certificate at all.</exception>
    public X509Certificate2? Decode(ReadOnlyMemory<byte> der)
    {
        var key = Convert.ToHexString(SHA256.HashData(der.Span));
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var decoded = X509CertificateLoader.LoadCertificate(der.Span);
        if (!CertificateContent.IsReadable(decoded))
        {
            decoded.Dispose();
            return null;
        }

        if (_known.Count >= MostRemembered)
        {
            return decoded;
        }

        var kept = _known.GetOrAdd(key, decoded);
        if (!ReferenceEquals(kept, decoded))
        {
            decoded.Dispose();
        }

        return kept;
    }
}
