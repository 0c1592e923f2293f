using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>Reads files with public certificates: intermediates, trusted roots, registered certificates.</summary>
public static class CertificateFiles
{
    /// <summary>Several times the largest bundle of roots. Text with many BEGIN lines and no END takes PemEncoding very long.</summary>
    internal const int MaximumBlocks = 2000;

    /// <summary>Every certificate in a file: PEM with one or many, one in DER, or PKCS#7 (<c>.p7b</c>). Keys in it are passed over.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>At least one certificate, in the order of the file. The caller owns them.</returns>
    /// <exception cref="SignBuildException">SGN2001 where the file does not exist, SGN2002 where it holds no certificate or cannot be read.</exception>
    public static IReadOnlyList<X509Certificate2> Load(string path) => Load(path, $"the file '{path}'");

    /// <summary>As <see cref="Load(string)"/>; <paramref name="setting"/> names the property or item to correct.</summary>
    internal static IReadOnlyList<X509Certificate2> Load(string path, string setting) =>
        Parse(CertificateEncodings.ToUtf8(BoundedFile.Read(path, setting)), path);

    /// <summary>The certificates in <paramref name="content"/>, which is what <paramref name="path"/> holds.</summary>
    internal static IReadOnlyList<X509Certificate2> Parse(ReadOnlySpan<byte> content, string path)
    {
        var encoding = CertificateEncodings.Detect(content);
        try
        {
            IReadOnlyList<X509Certificate2> certificates = encoding switch
            {
                CertificateEncoding.Pem => ParsePem(content),
                CertificateEncoding.Certificate => [X509CertificateLoader.LoadCertificate(content)],
                CertificateEncoding.Pkcs7 => ParsePkcs7(content),
                _ => [],
            };
            if (certificates.FirstOrDefault(certificate => !CertificateContent.IsReadable(certificate)) is { } bad)
            {
                throw Unreadable(path, $"Have the certificate with SHA-256 {Fingerprint.Sha256(bad)} issued again, or take it out of '{path}': its times or names are malformed.");
            }

            return certificates.Count > 0 ? certificates : throw Unreadable(path, Advice(encoding, path));
        }
        catch (CryptographicException exception)
        {
            throw Unreadable(path, $"Export the certificate again: '{path}' is damaged or holds no certificate: {SafeText.Line(exception.Message)}", exception);
        }
    }

    private static List<X509Certificate2> ParsePem(ReadOnlySpan<byte> text)
    {
        if (text.Count("-----BEGIN "u8) > MaximumBlocks)
        {
            throw new CryptographicException($"it has more than {MaximumBlocks} PEM blocks.");
        }

        var certificates = new List<X509Certificate2>();
        while (PemEncoding.TryFindUtf8(text, out var fields))
        {
            var label = text[fields.Label];
            var isCertificate = label.SequenceEqual("CERTIFICATE"u8) || label.SequenceEqual("X509 CERTIFICATE"u8);
            if (isCertificate || label.SequenceEqual("PKCS7"u8))
            {
                var der = new byte[fields.DecodedDataLength];
                Base64.DecodeFromUtf8(text[fields.Base64Data], der, out _, out var written);
                certificates.AddRange(isCertificate
                    ? [X509CertificateLoader.LoadCertificate(der.AsSpan(0, written))]
                    : ParsePkcs7(der.AsSpan(0, written)));
            }

            text = text[fields.Location.End..];
        }

        return certificates;
    }

    private static X509Certificate2[] ParsePkcs7(ReadOnlySpan<byte> content)
    {
        var message = new SignedCms();
        message.Decode(content);
        return [.. message.Certificates];
    }

    private static string Advice(CertificateEncoding encoding, string path) => encoding switch
    {
        CertificateEncoding.Empty => $"Export the certificate again: '{path}' is empty.",
        CertificateEncoding.Pem => $"Name a file with a certificate: the PEM file '{path}' has no CERTIFICATE block.",
        CertificateEncoding.Pfx => $"Export the certificate without its private key (.cer, .pem): '{path}' is a PFX, and only public certificates are taken here.",
        CertificateEncoding.Key => $"Name a file with a certificate: '{path}' is a private key.",
        CertificateEncoding.Base64 => $"Decode the file: '{path}' is base64 text without the lines -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.",
        _ => $"Name a PEM or DER certificate: '{path}' is neither.",
    };

    private static SignBuildException Unreadable(string path, string fix, Exception? cause = null) =>
        new(Diagnostics.CertificateUnreadable($"file '{path}'", fix), cause);
}
