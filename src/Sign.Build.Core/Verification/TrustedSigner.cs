using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification;

/// <summary>An author or a repository whose packages are accepted, with the certificates read.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="Fingerprints">SHA-256 fingerprints, lower-case hex.</param>
/// <param name="ServiceIndexUrl">V3 service index of the repository; null for an author.</param>
/// <param name="Owners">Owners whose packages are accepted from the repository; empty: all.</param>
/// <param name="AllowUntrustedRoot">Whether the certificates may have a root that the platform does not trust.</param>
public sealed record TrustedSigner(string Name, IReadOnlyList<string> Fingerprints, Uri? ServiceIndexUrl, IReadOnlyList<string> Owners, bool AllowUntrustedRoot)
{
    private const int Sha256Digits = 64;

    /// <summary>Reads the certificates of one entry.</summary>
    /// <exception cref="SignBuildException">SGN1002: no certificate, or a fingerprint other than SHA-256; SGN2002: an unreadable file.</exception>
    public static TrustedSigner Read(TrustedSignerSettings settings)
    {
        var item = settings.ServiceIndexUrl is null ? "SignBuildTrustedAuthor" : "SignBuildTrustedRepository";
        if (settings.Certificates.Count == 0)
        {
            throw new SignBuildException(Diagnostics.InvalidValue(
                $"the metadata Certificates of the {item} item '{SafeText.Line(settings.Name)}'", "", "certificate files or SHA-256 fingerprints, separated by semicolons"));
        }

        return new TrustedSigner(
            settings.Name,
            [.. settings.Certificates.Select(certificate => ReadFingerprint(item, certificate)).Distinct(StringComparer.Ordinal)],
            settings.ServiceIndexUrl,
            settings.Owners,
            settings.AllowUntrustedRoot);
    }

    private static string ReadFingerprint(string item, string certificate)
    {
        if (Fingerprint.Normalize(certificate) is not { } digits)
        {
            var loaded = CertificateFiles.Load(certificate);
            try
            {
                return Fingerprint.Sha256(loaded[0]);
            }
            finally
            {
                foreach (var one in loaded)
                {
                    one.Dispose();
                }
            }
        }

        return digits.Length == Sha256Digits
            ? digits
            : throw new SignBuildException(Diagnostics.InvalidValue(item, certificate, $"SHA-256 fingerprints of {Sha256Digits} hex digits, or certificate files"));
    }
}
