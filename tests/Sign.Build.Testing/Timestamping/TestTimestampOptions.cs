using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>How a timestamp token is made. The initial values give one that nothing is wrong with.</summary>
public sealed record TestTimestampOptions
{
    /// <summary>Who signs; null: <see cref="TestPki.Timestamping"/> of the shared PKI.</summary>
    public TestCertificate? Signer { get; init; }

    /// <summary>A second signer in the same token, which RFC 3161 forbids.</summary>
    public TestCertificate? SecondSigner { get; init; }

    /// <summary>The token's time; null: now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Null: not stated. Whole seconds and milliseconds are written.</summary>
    public TimeSpan? Accuracy { get; init; }

    public string Policy { get; init; } = "1.3.6.1.4.1.99999.1";

    /// <summary>Digest of the token's own signature. SHA-1 is possible.</summary>
    public HashAlgorithmName DigestAlgorithm { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Says that the imprint is of this algorithm, whatever was asked for.</summary>
    public HashAlgorithmName? ImprintAlgorithm { get; init; }

    /// <summary>The imprint of other data than was asked for.</summary>
    public bool WrongImprint { get; init; }

    /// <summary>Another nonce than the request's.</summary>
    public bool WrongNonce { get; init; }

    public bool OmitNonce { get; init; }

    /// <summary>Neither signing-certificate nor signing-certificate-v2.</summary>
    public bool OmitSigningCertificate { get; init; }

    /// <summary>signing-certificate (SHA-1) instead of v2.</summary>
    public bool SigningCertificateV1 { get; init; }

    /// <summary>signing-certificate-v2 about another certificate.</summary>
    public X509Certificate2? SigningCertificateOf { get; init; }

    /// <summary>No certificates at all, even when they were asked for.</summary>
    public bool OmitCertificates { get; init; }

    /// <summary>Only the signer's certificate, not its issuers'.</summary>
    public bool OmitIssuers { get; init; }

    /// <summary>The token's content is not a TSTInfo, but data.</summary>
    public bool NotTstInfo { get; init; }

    /// <summary>Changes a bit of the token's signature.</summary>
    public bool CorruptSignature { get; init; }

    /// <summary>PKIStatus: 0 granted, 1 granted with mods, 2 rejection, 3 waiting … Tokens are sent with 0 and 1.</summary>
    public int Status { get; init; }

    /// <summary>Bit of PKIFailureInfo that goes with a refusal, for example 0 badAlg, 14 timeNotAvailable.</summary>
    public int? FailInfo { get; init; }

    /// <summary>Text that goes with a refusal.</summary>
    public string? StatusText { get; init; }

    /// <summary>How long the server waits before it answers.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What the server waits for before it answers.</summary>
    public Task Until { get; init; } = Task.CompletedTask;
}
