using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// Fingerprints of certificates: the hash of the DER certificate as lower-case hex.
/// nuget.org registers certificates by their SHA-256 fingerprint.
/// </summary>
public static class Fingerprint
{
    /// <summary>SHA-256 of the DER certificate, 64 lower-case hex digits.</summary>
    public static string Sha256(X509Certificate2 certificate) => Compute(certificate, HashAlgorithmName.SHA256);

    /// <summary>Hash of the DER certificate in lower-case hex.</summary>
    public static string Compute(X509Certificate2 certificate, HashAlgorithmName algorithm) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, certificate.RawDataMemory.Span));

    /// <summary>
    /// What a user typed, without the spaces, colons and invisible characters that certificate dialogs add, in lower case.
    /// </summary>
    /// <returns>The hex digits, or null where anything else remains.</returns>
    public static string? Normalize(string text)
    {
        var digits = new char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiHexDigit(character))
            {
                digits[length++] = char.ToLowerInvariant(character);
            }
            else if (character is not (':' or '-' or '\u200e' or '\u200f' or '\ufeff') && !char.IsWhiteSpace(character))
            {
                return null;
            }
        }

        return length == 0 ? null : new string(digits, 0, length);
    }

    /// <summary>The hash algorithm that gives fingerprints of this many hex digits, or null where none does (or SHA-1, 40).</summary>
    public static HashAlgorithmName? AlgorithmOf(string normalized) => normalized.Length switch
    {
        64 => HashAlgorithmName.SHA256,
        96 => HashAlgorithmName.SHA384,
        128 => HashAlgorithmName.SHA512,
        _ => null,
    };
}
