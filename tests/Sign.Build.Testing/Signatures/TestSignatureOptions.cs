using System.Security.Cryptography;

namespace Sign.Build.Testing;

/// <summary>Which certificates are put into a signature.</summary>
public enum TestEmbeddedCertificates
{
    /// <summary>Signer, intermediates and root, as NuGet does.</summary>
    Chain,

    /// <summary>Signer and root.</summary>
    WithoutIntermediates,

    /// <summary>The signer's alone.</summary>
    SignerOnly,

    /// <summary>All but the signer's.</summary>
    WithoutSigner,

    /// <summary>None.</summary>
    None,
}

/// <summary>How a NuGet signature is made. The initial values give an author signature that nothing is wrong with.</summary>
public sealed record TestSignatureOptions
{
    /// <summary>A repository signature, or a repository countersignature.</summary>
    public static TestSignatureOptions Repository { get; } = new()
    {
        CommitmentTypes = [Oids.ProofOfReceipt],
        ServiceIndexUrl = "https://feed.example/v3/index.json",
    };

    /// <summary>Null: <see cref="TestPki.CodeSigning"/> of the shared PKI.</summary>
    public TestCertificate? Signer { get; init; }

    /// <summary>Another primary signature beside the first.</summary>
    public TestCertificate? SecondSigner { get; init; }

    /// <summary>Hash of the package and digest of the signature.</summary>
    public HashAlgorithmName HashAlgorithm { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Digest of the signature, if it is another one. SHA-1 is possible.</summary>
    public HashAlgorithmName? DigestAlgorithm { get; init; }

    /// <summary>Padding of the signature value itself.</summary>
    public RSASignaturePadding Padding { get; init; } = RSASignaturePadding.Pkcs1;

    /// <summary>Makes the signed text from the correct one.</summary>
    public Func<string, string> Content { get; init; } = text => text;

    /// <summary>Type of the signed content.</summary>
    public string ContentType { get; init; } = Oids.Data;

    /// <summary>One makes an author or a repository signature, none neither, two both.</summary>
    public IReadOnlyList<string> CommitmentTypes { get; init; } = [Oids.ProofOfOrigin];

    /// <summary>Adds a value that is no commitment type to that attribute.</summary>
    public bool MalformedCommitmentType { get; init; }

    public bool OmitSigningTime { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    public bool OmitSigningCertificateV2 { get; init; }

    /// <summary>Value of signing-certificate-v2 instead of the right one.</summary>
    public byte[]? SigningCertificateV2 { get; init; }

    /// <summary>Adds signing-certificate (SHA-1), which NuGet forbids.</summary>
    public bool AddSigningCertificateV1 { get; init; }

    public string? ServiceIndexUrl { get; init; }

    public IReadOnlyList<string> PackageOwners { get; init; } = [];

    public TestEmbeddedCertificates Certificates { get; init; }

    /// <summary>One timestamp for each.</summary>
    public IReadOnlyList<TestTimestampOptions> Timestamps { get; init; } = [new()];

    /// <summary>Makes the value of the timestamp attribute from the right token.</summary>
    public Func<byte[], byte[]> Token { get; init; } = token => token;

    /// <summary>Timestamps data other than the signature.</summary>
    public bool TimestampOtherData { get; init; }

    /// <summary>One countersignature for each; their own countersignatures are ignored.</summary>
    public IReadOnlyList<TestSignatureOptions> Countersignatures { get; init; } = [];

    /// <summary>Changes a bit of the signature value after everything else is made.</summary>
    public bool CorruptSignature { get; init; }
}
