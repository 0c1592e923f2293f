using System.Formats.Asn1;
using System.Security.Cryptography;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification;

/// <summary>
/// Reads what <c>SignBuildOwner</c> items name. A file is held to the rules by which nuget.org registers it
/// (NuGetGallery, CertificateValidator and CertificateFile): extension .cer, at most 10,000 bytes, exactly one DER certificate.
/// nuget.org's fingerprint is the SHA-256 of that file.
/// </summary>
internal static class RegisteredCertificates
{
    private const int MaximumLength = 10_000;
    private const int Sha256Digits = 64;

    /// <summary>Reads the certificates of one owner.</summary>
    /// <exception cref="SignBuildException">SGN1002: nuget.org would not register this.</exception>
    public static RegisteredOwner Read(PackageOwner owner) =>
        new(owner.Name, [.. owner.Certificates.Select(certificate => ReadFingerprint(owner.Name, certificate)).Distinct(StringComparer.Ordinal)]);

    private static string ReadFingerprint(string owner, string certificate)
    {
        if (Fingerprint.Normalize(certificate) is not { } digits)
        {
            return ReadFile(owner, certificate);
        }

        return digits.Length == Sha256Digits
            ? digits
            : throw Invalid(owner, certificate, $"is not a SHA-256 fingerprint: it has {digits.Length} hex digits instead of {Sha256Digits}");
    }

    private static string ReadFile(string owner, string path)
    {
        if (!Path.GetExtension(path).Equals(".cer", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(owner, path, "has not the extension .cer");
        }

        byte[] file;
        try
        {
            file = ReadBounded(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(owner, path, "cannot be read: " + SafeText.Line(exception.Message), exception);
        }

        return Refuse(file) is { } reason
            ? throw Invalid(owner, path, reason)
            : Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static byte[] ReadBounded(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var buffer = new byte[MaximumLength + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }

    // Why nuget.org would not register the file, or null.
    private static string? Refuse(byte[] file)
    {
        switch (file)
        {
            case []:
                return "is empty";
            case { Length: > MaximumLength }:
                return $"is larger than the {MaximumLength} bytes that nuget.org takes";
            case [(byte)'-', (byte)'-', ..]:
                return "is a PEM file; nuget.org takes DER only";
        }

        try
        {
            // Certificate ::= SEQUENCE { tbsCertificate SEQUENCE ... }. A PFX starts with an INTEGER instead.
            var reader = new AsnReader(file, AsnEncodingRules.DER);
            var certificate = reader.ReadSequence();
            return certificate.PeekTag() == new Asn1Tag(UniversalTagNumber.Integer) ? "is a PFX file or a key; nuget.org takes only the certificate without its key"
                : reader.HasData ? "has further bytes behind the certificate"
                : certificate.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) && IsCertificate(file) ? null
                : "is not a DER encoded X.509 certificate";
        }
        catch (AsnContentException)
        {
            return "is not a DER encoded X.509 certificate";
        }
    }

    // nuget.org looks no further than the outer tags; a file that is no certificate can never match a signature, so it is a mistake.
    private static bool IsCertificate(byte[] file)
    {
        try
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(file);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static SignBuildException Invalid(string owner, string certificate, string reason, Exception? innerException = null) =>
        new(Diagnostics.InvalidOwnerCertificate(SafeText.Line(owner), certificate, reason), innerException);
}
