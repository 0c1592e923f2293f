using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>
/// A certificate authority: a root, or an intermediate below another one. RSA 2048 unless told otherwise.
/// Subjects are unique, because two roots of one name confuse every chain engine.
/// </summary>
public sealed class TestCertificateAuthority : IDisposable
{
    private readonly TestCertificateAuthority? _issuer;
    private readonly RSA _key;

    private TestCertificateAuthority(X509Certificate2 certificate, RSA key, TestCertificateAuthority? issuer)
    {
        Certificate = certificate;
        _key = key;
        _issuer = issuer;
    }

    /// <summary>The authority's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>This authority's certificate, its issuer's, and so on; the root is the last. All without keys.</summary>
    public IReadOnlyList<X509Certificate2> Path =>
        [X509CertificateLoader.LoadCertificate(Certificate.RawData), .. _issuer?.Path ?? []];

    /// <summary>A root, valid from ten years ago to in twenty years.</summary>
    public static TestCertificateAuthority CreateRoot(string name = "Test root", DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        var key = RSA.Create(2048);
        var request = CreateRequest(UniqueSubject(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = DateTimeOffset.UtcNow;
        var certificate = request.CreateSelfSigned(notBefore ?? now.AddYears(-10), notAfter ?? now.AddYears(20));
        return new TestCertificateAuthority(certificate, key, issuer: null);
    }

    /// <summary>An authority below this one.</summary>
    /// <param name="name">Common name; a random suffix is added.</param>
    /// <param name="options">Validity, signature, addresses and other extensions; what it says about usages and keys is ignored.</param>
    public TestCertificateAuthority CreateIntermediate(string name = "Test intermediate", TestCertificateOptions? options = null)
    {
        options ??= new();
        var key = RSA.Create(2048);
        var request = CreateRequest(UniqueSubject(name), key, options.SignatureHash);
        AddCommonExtensions(request, options);
        foreach (var extension in options.OtherExtensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        var (notBefore, notAfter) = Validity(options, DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(10));
        using var bare = Sign(request, options, notBefore, notAfter);
        return new TestCertificateAuthority(bare.CopyWithPrivateKey(key), key, this);
    }

    /// <summary>Issues a certificate with a new key.</summary>
    public TestCertificate Issue(TestCertificateOptions? options = null)
    {
        options ??= TestCertificateOptions.CodeSigning;
        var subject = options.Subject is null ? UniqueSubject(options.Name) : new X500DistinguishedName(options.Subject);
        var (notBefore, notAfter) = Validity(options, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        if (options.KeyKind == TestKeyKind.Ecdsa)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(subject, key, options.SignatureHash);
            AddLeafExtensions(request, options);
            using var bare = Sign(request, options, notBefore, notAfter);
            return new TestCertificate(bare.CopyWithPrivateKey(key), Path);
        }

        using var ownKey = options.Key is null ? RSA.Create(options.KeySize) : null;
        var rsa = options.Key ?? ownKey!;
        var rsaRequest = new CertificateRequest(subject, rsa, options.SignatureHash, RSASignaturePadding.Pkcs1);
        AddLeafExtensions(rsaRequest, options);
        using var bareRsa = Sign(rsaRequest, options, notBefore, notAfter);
        return new TestCertificate(bareRsa.CopyWithPrivateKey(rsa), Path);
    }

    /// <summary>A certificate that its own key signed, not issued by any authority; <see cref="TestCertificate.Issuers"/> holds itself.</summary>
    public static TestCertificate CreateSelfSigned(TestCertificateOptions? options = null)
    {
        options ??= TestCertificateOptions.CodeSigning;
        using var key = RSA.Create(options.KeySize);
        var request = new CertificateRequest(
            options.Subject is null ? UniqueSubject(options.Name) : new X500DistinguishedName(options.Subject), key, options.SignatureHash, options.SignaturePadding);
        AddUsageExtensions(request, options);
        if (options.SubjectKeyIdentifier)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        }

        var certificate = request.CreateSelfSigned(options.NotBefore ?? DateTimeOffset.UtcNow.AddDays(-1), options.NotAfter ?? DateTimeOffset.UtcNow.AddYears(1));
        return new TestCertificate(certificate, [X509CertificateLoader.LoadCertificate(certificate.RawData)]);
    }

    /// <summary>Signs bytes as this authority does: SHA-256, PKCS#1 v1.5 (for CRLs and OCSP responses).</summary>
    internal byte[] SignData(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static X500DistinguishedName UniqueSubject(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName($"{name} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}");
        builder.AddOrganizationName("Sign.Build tests");
        return builder.Build();
    }

    private static CertificateRequest CreateRequest(X500DistinguishedName subject, RSA key, HashAlgorithmName hash)
    {
        var request = new CertificateRequest(subject, key, hash, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        return request;
    }

    private static void AddUsageExtensions(CertificateRequest request, TestCertificateOptions options)
    {
        if (options.BasicConstraints)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        }

        if (options.KeyUsages != X509KeyUsageFlags.None)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(options.KeyUsages, critical: true));
        }

        if (options.EnhancedKeyUsages.Count > 0)
        {
            var usages = new OidCollection();
            foreach (var usage in options.EnhancedKeyUsages)
            {
                usages.Add(new Oid(usage));
            }

            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, options.EnhancedKeyUsageCritical));
        }

        foreach (var extension in options.OtherExtensions)
        {
            request.CertificateExtensions.Add(extension);
        }
    }

    private void AddLeafExtensions(CertificateRequest request, TestCertificateOptions options)
    {
        AddUsageExtensions(request, options);
        AddCommonExtensions(request, options);
    }

    private void AddCommonExtensions(CertificateRequest request, TestCertificateOptions options)
    {
        if (options.SubjectKeyIdentifier)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        }

        if (options.AuthorityKeyIdentifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        }

        if (options.CrlUrl is not null)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([options.CrlUrl.AbsoluteUri]));
        }

        if (options.OcspUrl is not null || options.IssuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(
                options.OcspUrl is null ? null : [options.OcspUrl.AbsoluteUri],
                options.IssuerUrl is null ? null : [options.IssuerUrl.AbsoluteUri]));
        }
    }

    private (DateTimeOffset NotBefore, DateTimeOffset NotAfter) Validity(TestCertificateOptions options, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        // CertificateRequest refuses to nest validity wrongly, so the defaults give way to the issuer's.
        var issuerStart = new DateTimeOffset(Certificate.NotBefore.ToUniversalTime());
        var issuerEnd = new DateTimeOffset(Certificate.NotAfter.ToUniversalTime());
        return (options.NotBefore ?? (notBefore < issuerStart ? issuerStart : notBefore), options.NotAfter ?? (notAfter > issuerEnd ? issuerEnd : notAfter));
    }

    private X509Certificate2 Sign(CertificateRequest request, TestCertificateOptions options, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        X509SignatureGenerator generator = options.SignatureHash == HashAlgorithmName.SHA1
            ? new Sha1SignatureGenerator(_key)
            : X509SignatureGenerator.CreateForRSA(_key, options.SignaturePadding);
        return request.Create(Certificate.SubjectName, generator, notBefore, notAfter, serial);
    }

    /// <summary>.NET writes no SHA-1 signatures of its own accord any more; the rules must still recognize them.</summary>
    private sealed class Sha1SignatureGenerator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Sha1WithRsa);
                writer.WriteNull();
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;
    }
}
