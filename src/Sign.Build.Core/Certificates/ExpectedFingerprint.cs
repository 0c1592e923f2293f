using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>A fingerprint that a user wrote into a property, and the certificate that it means.</summary>
/// <param name="Property">The property.</param>
/// <param name="Text">Its value, as written.</param>
/// <param name="Digits">The value, normalised.</param>
internal sealed record ExpectedFingerprint(string Property, string Text, string Digits)
{
    /// <summary>The property that pins the certificate of any source.</summary>
    public const string PinProperty = "SignBuildExpectedFingerprint";

    private const int Sha1Digits = 40;

    /// <summary>Whether it is a SHA-1 value: such a one finds certificates, to name their SHA-256, and accepts none.</summary>
    public bool IsSha1 => Digits.Length == Sha1Digits;

    /// <summary>Reads the value of <paramref name="property"/>; null for none.</summary>
    /// <exception cref="SignBuildException">SGN1002: no fingerprint.</exception>
    public static ExpectedFingerprint? Parse(string property, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Fingerprint.Normalize(text) is { } digits && (digits.Length == Sha1Digits || Fingerprint.AlgorithmOf(digits) is not null)
            ? new ExpectedFingerprint(property, text, digits)
            : throw new SignBuildException(Diagnostics.InvalidValue(
                property, text, "a fingerprint of the certificate: SHA-256, SHA-384 or SHA-512 as 64, 96 or 128 hex digits"));
    }

    /// <summary>Where several certificates could sign: the expected one among them, or all where none is.</summary>
    public static X509Certificate2[] Narrow(IEnumerable<X509Certificate2> certificates, CertificateSettings settings)
    {
        X509Certificate2[] candidates = [.. certificates.DistinctBy(Fingerprint.Sha256)];
        var expected = candidates.Length > 1 ? Parse(PinProperty, settings.ExpectedFingerprint) : null;
        return expected is not null && Array.Find(candidates, expected.IsOf) is { } match ? [match] : candidates;
    }

    /// <summary>Whether <paramref name="certificate"/> has this fingerprint, SHA-1 included.</summary>
    public bool IsOf(X509Certificate2 certificate) => Digits == Fingerprint.Compute(certificate, Algorithm);

    /// <summary>SGN1002 for a SHA-1 value: the value to use where one of <paramref name="candidates"/> has it.</summary>
    public SignBuildException Sha1Refused(IEnumerable<X509Certificate2> candidates, string source)
    {
        var match = candidates.FirstOrDefault(IsOf);
        return new SignBuildException(Diagnostics.InvalidValue(
            Property,
            Text,
            match is null
                ? $"the SHA-256 fingerprint of the certificate (64 hex digits); SHA-1 is not accepted, and {source} has no certificate with this one"
                : $"{Fingerprint.Sha256(match)}, the SHA-256 fingerprint of '{SigningKeys.SubjectOf(match)}'; SHA-1 is not accepted"));
    }

    private HashAlgorithmName Algorithm => IsSha1 ? HashAlgorithmName.SHA1 : Fingerprint.AlgorithmOf(Digits)!.Value;
}
