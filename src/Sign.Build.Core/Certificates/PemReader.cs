using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>Finds the private key among PEM text and the certificate that it belongs to.</summary>
internal static class PemReader
{
    /// <summary>The identity of a certificate file and a key file, which may be the same.</summary>
    /// <param name="certificates">The certificates of the file; owned by the result.</param>
    /// <param name="source">Where they are from.</param>
    /// <param name="keyText">PEM text with the key.</param>
    /// <param name="keyPath">Where the text is from.</param>
    /// <param name="settings">Password and expected fingerprint.</param>
    /// <exception cref="SignBuildException">SGN2002, SGN2003, SGN2004, SGN5007.</exception>
    public static SigningIdentity Read(
        IReadOnlyList<X509Certificate2> certificates, string source, ReadOnlySpan<byte> keyText, string keyPath, CertificateSettings settings)
    {
        if (certificates.Count == 1)
        {
            SigningKeys.RequireRsa(certificates[0]);
        }

        var key = ReadKey(keyText, keyPath, settings)
            ?? throw new SignBuildException(Diagnostics.NoPrivateKey(
                source,
                SigningKeys.SubjectOf(certificates[0]),
                $"Append the private key to the file, or name its file in SignBuildCertificateKeyPath: '{keyPath}' holds no private key."));
        try
        {
            var signer = ChooseSigner(certificates, key, source, keyPath, settings);
            return new SigningIdentity(signer, key, [.. certificates.Where(certificate => !ReferenceEquals(certificate, signer))]);
        }
        catch (SignBuildException)
        {
            key.Dispose();
            throw;
        }
    }

    private static X509Certificate2 ChooseSigner(
        IReadOnlyList<X509Certificate2> certificates, RSA key, string source, string keyPath, CertificateSettings settings)
    {
        var candidates = ExpectedFingerprint.Narrow(certificates.Where(certificate => SigningKeys.Match(certificate, key)), settings);
        return candidates switch
        {
            [var only] => only,
            [] => throw new SignBuildException(Diagnostics.NoPrivateKey(
                source, SigningKeys.SubjectOf(certificates[0]), $"Give the key that belongs to the certificate: the private key in '{keyPath}' is another one.")),
            _ => throw new SignBuildException(Diagnostics.AmbiguousCertificate(source, [.. candidates.Select(SigningKeys.Describe)])),
        };
    }

    private static RSA? ReadKey(ReadOnlySpan<byte> text, string path, CertificateSettings settings)
    {
        // Such a block has headers, which is no PEM as RFC 7468 defines it and .NET reads it; its MD5 key derivation is no loss.
        if (text.IndexOf("DEK-Info:"u8) >= 0)
        {
            throw Unreadable(path, $"Convert the key with 'openssl pkcs8 -topk8 -in {path} -out new-key.pem': the key is encrypted in OpenSSL's old format (DEK-Info).");
        }

        if (text.Count("-----BEGIN "u8) > CertificateFiles.MaximumBlocks)
        {
            throw Unreadable(path, $"Give the file with the key alone: '{path}' has more than {CertificateFiles.MaximumBlocks} PEM blocks.");
        }

        while (PemEncoding.TryFindUtf8(text, out var fields))
        {
            var label = text[fields.Label];
            var base64 = text[fields.Base64Data];
            if (label.SequenceEqual("PRIVATE KEY"u8) || label.SequenceEqual("RSA PRIVATE KEY"u8)
                || label.SequenceEqual("ENCRYPTED PRIVATE KEY"u8) || label.SequenceEqual("EC PRIVATE KEY"u8))
            {
                return Import(label, base64, fields.DecodedDataLength, path, settings);
            }

            text = text[fields.Location.End..];
        }

        return null;
    }

    private static RSA Import(ReadOnlySpan<byte> label, ReadOnlySpan<byte> base64, int length, string path, CertificateSettings settings)
    {
        var der = new byte[length];
        try
        {
            Base64.DecodeFromUtf8(base64, der, out _, out var written);
            var data = der.AsMemory(0, written);
            if (label.SequenceEqual("EC PRIVATE KEY"u8))
            {
                throw NotRsa(path, SigningKeys.Oids.EllipticCurve);
            }

            if (label.SequenceEqual("RSA PRIVATE KEY"u8))
            {
                return ImportPkcs1(data.Span);
            }

            return label.SequenceEqual("PRIVATE KEY"u8)
                ? ImportPkcs8(Pkcs8PrivateKeyInfo.Decode(data, out _, skipCopy: true), path)
                : ImportEncrypted(data, path, settings);
        }
        catch (CryptographicException exception)
        {
            throw Unreadable(path, $"Export the private key again: the key in '{path}' is damaged or of a kind that is not known here.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static RSA ImportEncrypted(ReadOnlyMemory<byte> data, string path, CertificateSettings settings)
    {
        using var password = CertificatePassword.Read(settings);
        if (password.IsEmpty)
        {
            throw Unreadable(path, password.MissingAdvice($"the private key in '{path}' is"));
        }

        try
        {
            return ImportPkcs8(Pkcs8PrivateKeyInfo.DecryptAndDecode(password.Characters, data, out _), path);
        }
        catch (CryptographicException exception)
        {
            throw Unreadable(path, password.WrongAdvice($"the private key in '{path}'"), exception);
        }
    }

    private static RSA ImportPkcs8(Pkcs8PrivateKeyInfo info, string path) => info.AlgorithmId.Value == SigningKeys.Oids.Rsa
        ? ImportPkcs1(info.PrivateKeyBytes.Span)
        : throw NotRsa(path, info.AlgorithmId.Value);

    private static RSA ImportPkcs1(ReadOnlySpan<byte> data)
    {
        var key = RSA.Create();
        try
        {
            key.ImportRSAPrivateKey(data, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    private static SignBuildException NotRsa(string path, string? algorithm) => new(Diagnostics.WeakKey(
        $"the private key in '{path}'", algorithm == SigningKeys.Oids.EllipticCurve ? "an elliptic-curve (ECDSA) key" : $"a key of the algorithm {algorithm}", "NU3014"));

    private static SignBuildException Unreadable(string path, string fix, Exception? cause = null) =>
        new(Diagnostics.CertificateUnreadable($"file '{path}'", fix), cause);
}
