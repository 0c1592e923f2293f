using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>What kind of key a certificate is for.</summary>
public enum TestKeyKind
{
    Rsa,
    Ecdsa,
}

/// <summary>How a certificate is made. The initial values give a code-signing certificate that nothing is wrong with.</summary>
public sealed record TestCertificateOptions
{
    /// <summary>A code-signing certificate that nothing is wrong with.</summary>
    public static TestCertificateOptions CodeSigning { get; } = new();

    /// <summary>A timestamping certificate that nothing is wrong with: its only usage, and critical (RFC 3161, 2.3).</summary>
    public static TestCertificateOptions Timestamping { get; } = new()
    {
        Name = "Test timestamp authority",
        EnhancedKeyUsages = [Oids.Timestamping],
        EnhancedKeyUsageCritical = true,
    };

    /// <summary>Common name. A random suffix is added, so that no two tests share a subject.</summary>
    public string Name { get; init; } = "Test signer";

    /// <summary>The exact distinguished name, instead of one made from <see cref="Name"/>.</summary>
    public string? Subject { get; init; }

    public TestKeyKind KeyKind { get; init; }

    /// <summary>Bits of an RSA key (ECDSA: always P-256).</summary>
    public int KeySize { get; init; } = 2048;

    /// <summary>An RSA key to use instead of a new one; the certificate gets a copy.</summary>
    public RSA? Key { get; init; }

    /// <summary>Hash of the issuer's signature. SHA-1 is possible.</summary>
    public HashAlgorithmName SignatureHash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Padding of the issuer's signature.</summary>
    public RSASignaturePadding SignaturePadding { get; init; } = RSASignaturePadding.Pkcs1;

    /// <summary>Empty: no such extension.</summary>
    public IReadOnlyList<string> EnhancedKeyUsages { get; init; } = [Oids.CodeSigning];

    public bool EnhancedKeyUsageCritical { get; init; }

    /// <summary>None: no such extension.</summary>
    public X509KeyUsageFlags KeyUsages { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>Whether a basic-constraints extension says that this is no authority.</summary>
    public bool BasicConstraints { get; init; } = true;

    /// <summary>Null: a day ago.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Null: in a year, or when the issuer ends.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    public bool SubjectKeyIdentifier { get; init; } = true;

    public bool AuthorityKeyIdentifier { get; init; } = true;

    /// <summary>CRL distribution point, or null.</summary>
    public Uri? CrlUrl { get; init; }

    /// <summary>OCSP responder, or null.</summary>
    public Uri? OcspUrl { get; init; }

    /// <summary>Where the issuer's certificate is (caIssuers), or null.</summary>
    public Uri? IssuerUrl { get; init; }

    /// <summary>Any other extensions.</summary>
    public IReadOnlyList<X509Extension> OtherExtensions { get; init; } = [];
}
