using System.Security.Cryptography;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>A timestamp that is judged together with what it should be over.</summary>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="SignatureValue">The bytes of the signature that it should be over.</param>
/// <param name="Subject">That signature in a sentence.</param>
/// <param name="Role">The role of its certificate.</param>
internal sealed record JudgedTimestamp(InspectedTimestamp Timestamp, ReadOnlyMemory<byte> SignatureValue, string Subject, CertificateRole Role)
{
    /// <summary>Whether it is over the signature, or null where that cannot be said.</summary>
    public bool? IsOverSignature => Timestamp.Info is { } info && AcceptedAlgorithms.Hash(info.HashAlgorithmId.Value) is { } algorithm
        ? info.GetMessageHash().Span.SequenceEqual(CryptographicOperations.HashData(algorithm, SignatureValue.Span))
        : null;

    /// <summary>When the signature existed, or null where the timestamp does not prove it.</summary>
    public TimeRange? ProvenTime => Timestamp is { Time: { } time, Defects.Count: 0 } && IsOverSignature == true
        ? TimeRange.Around(time, Timestamp.Accuracy)
        : null;

    /// <summary>The authority's certificate in its use, or null where it is not known.</summary>
    public CertificateUse? Certificate => Timestamp.Certificate is { } certificate
        ? new CertificateUse(Role, certificate, Timestamp.Certificates, Timestamp.Time is { } time ? new TimeRange(time, time) : null)
        : null;
}
