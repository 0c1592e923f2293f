using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>Rules about keys that every source needs.</summary>
internal static class SigningKeys
{
    /// <summary>The RSA private key of <paramref name="certificate"/>; it may be in hardware.</summary>
    /// <exception cref="SignBuildException">SGN2003 where there is none, SGN5007 where it is not RSA.</exception>
    public static RSA Of(X509Certificate2 certificate, string source, string missingAdvice)
    {
        RequireRsa(certificate);
        if (!certificate.HasPrivateKey)
        {
            throw new SignBuildException(Diagnostics.NoPrivateKey(source, SubjectOf(certificate), missingAdvice));
        }

        try
        {
            return certificate.GetRSAPrivateKey()
                ?? throw new SignBuildException(Diagnostics.NoPrivateKey(source, SubjectOf(certificate), missingAdvice));
        }
        catch (CryptographicException exception)
        {
            throw new SignBuildException(
                Diagnostics.NoPrivateKey(
                    source,
                    SubjectOf(certificate),
                    $"Check that the user '{Environment.UserName}', who runs this build, may use the private key: opening it failed: {SafeText.Line(exception.Message)}"),
                exception);
        }
    }

    /// <summary>Refuses certificates whose key NuGet cannot sign with.</summary>
    /// <exception cref="SignBuildException">SGN5007.</exception>
    public static void RequireRsa(X509Certificate2 certificate)
    {
        var algorithm = certificate.PublicKey.Oid;
        if (algorithm.Value is not (Oids.Rsa or Oids.RsaPss))
        {
            var name = algorithm.Value == Oids.EllipticCurve ? "an elliptic-curve (ECDSA) key" : $"a key of the algorithm {algorithm.Value}";
            throw new SignBuildException(Diagnostics.WeakKey($"the certificate '{SubjectOf(certificate)}'", name, "NU3014"));
        }
    }

    /// <summary>Whether <paramref name="key"/> is the key of <paramref name="certificate"/>. Needs its public part alone.</summary>
    public static bool Match(X509Certificate2 certificate, RSA key) =>
        certificate.PublicKey.Oid.Value == Oids.Rsa
        && certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    /// <summary>A certificate as it is listed in SGN2004.</summary>
    public static string Describe(X509Certificate2 certificate) =>
        $"'{SubjectOf(certificate)}' (SHA-256 {Fingerprint.Sha256(certificate)}, expires {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd})";

    /// <summary>The whole subject, as it may be printed.</summary>
    public static string SubjectOf(X509Certificate2 certificate)
    {
        try
        {
            return SafeText.Line(certificate.Subject);
        }
        catch (CryptographicException)
        {
            return "serial number " + certificate.SerialNumber;
        }
    }

    /// <summary>Object identifiers of public keys.</summary>
    internal static class Oids
    {
        public const string Rsa = "1.2.840.113549.1.1.1";
        public const string RsaPss = "1.2.840.113549.1.1.10";
        public const string EllipticCurve = "1.2.840.10045.2.1";
    }
}
