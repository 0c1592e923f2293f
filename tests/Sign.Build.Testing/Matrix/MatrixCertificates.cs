using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>
/// Certificates of <see cref="TestPki.Shared"/>'s authorities that have something wrong. Each is made when it is first needed;
/// most share the key of the shared certificates, because only the certificate matters.
/// </summary>
public static class MatrixCertificates
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly TestPki Pki = TestPki.Shared;

    public static Lazy<TestCertificate> SignerRsa1024 { get; } = Signer(options => options with { KeySize = 1024, Key = null });

    public static Lazy<TestCertificate> SignerRsa3072 { get; } = Signer(options => options with { KeySize = 3072, Key = null });

    public static Lazy<TestCertificate> SignerEcdsa { get; } = Signer(options => options with { KeyKind = TestKeyKind.Ecdsa, Key = null });

    public static Lazy<TestCertificate> SignerIssuedWithPss { get; } = Signer(options => options with { SignaturePadding = RSASignaturePadding.Pss });

    public static Lazy<TestCertificate> SignerIssuedWithSha1 { get; } = Signer(options => options with { SignatureHash = HashAlgorithmName.SHA1 });

    public static Lazy<TestCertificate> SignerIssuedWithSha512 { get; } = Signer(options => options with { SignatureHash = HashAlgorithmName.SHA512 });

    public static Lazy<TestCertificate> SignerLifetime { get; } = Signer(options => options with { EnhancedKeyUsages = [Oids.CodeSigning, Oids.LifetimeSigning] });

    public static Lazy<TestCertificate> SignerForServers { get; } = Signer(options => options with { EnhancedKeyUsages = [Oids.ServerAuthentication] });

    public static Lazy<TestCertificate> SignerForTimestamps { get; } = Signer(options => options with { EnhancedKeyUsages = [Oids.Timestamping], EnhancedKeyUsageCritical = true });

    public static Lazy<TestCertificate> SignerWithoutUsages { get; } = Signer(options => options with { EnhancedKeyUsages = [] });

    public static Lazy<TestCertificate> SignerWithoutKeyIdentifiers { get; } = Signer(options => options with { SubjectKeyIdentifier = false, AuthorityKeyIdentifier = false });

    /// <summary>Valid from tomorrow.</summary>
    public static Lazy<TestCertificate> SignerNotYetValid { get; } = Signer(options => options with { NotBefore = Now.AddDays(1), NotAfter = Now.AddDays(30) });

    /// <summary>Was valid from 30 days ago to 10 days ago.</summary>
    public static Lazy<TestCertificate> SignerExpired { get; } = Signer(options => options with { NotBefore = Now.AddDays(-30), NotAfter = Now.AddDays(-10) });

    public static Lazy<TestCertificate> SignerUntrusted { get; } = new(() =>
        TestCertificateAuthority.CreateRoot("Stranger's root").Issue(TestCertificateOptions.CodeSigning with { Key = SignerKey }));

    public static Lazy<TestCertificate> SignerSelfSigned { get; } = new(() => TestCertificateAuthority.CreateSelfSigned());

    /// <summary>Issued by an intermediate that is no authority (its basic constraints say so).</summary>
    public static Lazy<TestCertificate> SignerBelowLeaf { get; } = new(() => IssueBelow(Pki.CodeSigning));

    public static Lazy<TestCertificate> SignerWithUnknownCriticalExtension { get; } = Signer(options => options with { OtherExtensions = [new X509Extension("1.2.3.4.5", [5, 0], critical: true)] });

    /// <summary>Its intermediate is signed with SHA-1.</summary>
    public static Lazy<TestCertificate> SignerBelowWeakIntermediate { get; } = SignerBelow(new() { SignatureHash = HashAlgorithmName.SHA1 });

    /// <summary>Its intermediate expired 5 days ago; itself did not.</summary>
    public static Lazy<TestCertificate> SignerBelowExpiredIntermediate { get; } = SignerBelow(new() { NotAfter = Now.AddDays(-5) });

    /// <summary>Its intermediate may issue certificates for servers only.</summary>
    public static Lazy<TestCertificate> SignerBelowServerIntermediate { get; } = SignerBelow(new()
    {
        OtherExtensions = [new X509EnhancedKeyUsageExtension([new Oid(Oids.ServerAuthentication)], critical: false)],
    });

    public static Lazy<TestCertificate> TimestampRsa1024 { get; } = Timestamp(options => options with { KeySize = 1024, Key = null });

    public static Lazy<TestCertificate> TimestampEcdsa { get; } = Timestamp(options => options with { KeyKind = TestKeyKind.Ecdsa, Key = null });

    public static Lazy<TestCertificate> TimestampIssuedWithPss { get; } = Timestamp(options => options with { SignaturePadding = RSASignaturePadding.Pss });

    public static Lazy<TestCertificate> TimestampIssuedWithSha1 { get; } = Timestamp(options => options with { SignatureHash = HashAlgorithmName.SHA1 });

    public static Lazy<TestCertificate> TimestampForCode { get; } = Timestamp(options => options with { EnhancedKeyUsages = [Oids.CodeSigning] });

    public static Lazy<TestCertificate> TimestampWithoutUsages { get; } = Timestamp(options => options with { EnhancedKeyUsages = [] });

    public static Lazy<TestCertificate> TimestampUsageNotCritical { get; } = Timestamp(options => options with { EnhancedKeyUsageCritical = false });

    public static Lazy<TestCertificate> TimestampSeveralUsages { get; } = Timestamp(options => options with { EnhancedKeyUsages = [Oids.Timestamping, Oids.CodeSigning] });

    /// <summary>Was valid from a year ago to 10 days ago.</summary>
    public static Lazy<TestCertificate> TimestampExpired { get; } = Timestamp(options => options with { NotBefore = Now.AddYears(-1), NotAfter = Now.AddDays(-10) });

    /// <summary>Valid from tomorrow.</summary>
    public static Lazy<TestCertificate> TimestampNotYetValid { get; } = Timestamp(options => options with { NotBefore = Now.AddDays(1), NotAfter = Now.AddDays(30) });

    public static Lazy<TestCertificate> TimestampUntrusted { get; } = new(() =>
        TestCertificateAuthority.CreateRoot("Stranger's timestamp root").Issue(TestCertificateOptions.Timestamping with { Key = TimestampKey }));

    /// <summary>Issued by an intermediate below the timestamp root.</summary>
    public static Lazy<TestCertificate> TimestampBelowIntermediate { get; } = new(() =>
        Pki.TimestampRoot.CreateIntermediate("Test timestamp intermediate").Issue(TestCertificateOptions.Timestamping with { Key = TimestampKey }));

    private static RSA SignerKey => Pki.CodeSigning.Certificate.GetRSAPrivateKey()!;

    private static RSA TimestampKey => Pki.Timestamping.Certificate.GetRSAPrivateKey()!;

    private static Lazy<TestCertificate> Signer(Func<TestCertificateOptions, TestCertificateOptions> change) =>
        new(() => Pki.Intermediate.Issue(change(TestCertificateOptions.CodeSigning with { Key = SignerKey })));

    private static Lazy<TestCertificate> SignerBelow(TestCertificateOptions intermediate) => new(() =>
        Pki.Root.CreateIntermediate(options: intermediate).Issue(TestCertificateOptions.CodeSigning with { Key = SignerKey, NotBefore = Now.AddDays(-30), NotAfter = Now.AddYears(1) }));

    private static Lazy<TestCertificate> Timestamp(Func<TestCertificateOptions, TestCertificateOptions> change) =>
        new(() => Pki.TimestampRoot.Issue(change(TestCertificateOptions.Timestamping with { Key = TimestampKey })));

    private static TestCertificate IssueBelow(TestCertificate issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Issued by a leaf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Oids.CodeSigning)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer.Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issuerKey = issuer.Certificate.GetRSAPrivateKey()!;
        using var bare = request.Create(
            issuer.Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(issuerKey, RSASignaturePadding.Pkcs1),
            issuer.Certificate.NotBefore, issuer.Certificate.NotAfter, RandomNumberGenerator.GetBytes(12));
        return new TestCertificate(bare.CopyWithPrivateKey(key), [X509CertificateLoader.LoadCertificate(issuer.Certificate.RawData), .. issuer.Issuers]);
    }
}
