using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Development;

/// <summary>The three certificates of a development authority: how they look, how long they live, when they are made anew.</summary>
internal sealed record DevelopmentCertificates(
    DevelopmentCertificate Root,
    DevelopmentCertificate CodeSigning,
    DevelopmentCertificate Timestamping)
{
    public const int RenewalDays = 30;

    private const int RootYears = 5;
    private const int LeafDays = 365;
    private const string CodeSigningUsage = "1.3.6.1.5.5.7.3.3";
    private const string TimestampingUsage = "1.3.6.1.5.5.7.3.8";

    /// <summary>A new authority. Its name is random: it says nothing about the user and collides with no other authority.</summary>
    public static DevelopmentCertificates Create(DateTimeOffset now)
    {
        using var key = RSA.Create(3072);
        var name = new X500DistinguishedName("CN=Sign.Build Development Root " + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var root = request.Create(
            name, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), Backdated(now), now.AddYears(RootYears), SerialNumber());
        return WithNewLeaves(new DevelopmentCertificate(root.RawData, key.ExportPkcs8PrivateKey()), root, key, now);
    }

    /// <summary>What is good now: these, or these with new leaf certificates, or a new authority when the root would not outlive them.</summary>
    public DevelopmentCertificates RenewedAt(DateTimeOffset now)
    {
        using var root = Root.OpenCertificate();
        if (IsValid(root, now, LeafDays))
        {
            using var codeSigning = CodeSigning.OpenCertificate();
            using var timestamping = Timestamping.OpenCertificate();
            if (IsValid(codeSigning, now, RenewalDays) && IsValid(timestamping, now, RenewalDays))
            {
                return this;
            }

            using var key = Root.OpenPrivateKey();
            return WithNewLeaves(Root, root, key, now);
        }

        return Create(now);
    }

    private static bool IsValid(X509Certificate2 certificate, DateTimeOffset now, int remainingDays) =>
        certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime.AddDays(remainingDays) < certificate.NotAfter.ToUniversalTime();

    private static DevelopmentCertificates WithNewLeaves(DevelopmentCertificate stored, X509Certificate2 root, RSA rootKey, DateTimeOffset now) => new(
        stored,
        Issue("CN=Sign.Build Development Code Signing", CodeSigningUsage, root, rootKey, now),
        Issue("CN=Sign.Build Development Timestamping", TimestampingUsage, root, rootKey, now));

    private static DevelopmentCertificate Issue(string subject, string usage, X509Certificate2 root, RSA rootKey, DateTimeOffset now)
    {
        // 2048 bits are what NuGet asks for, and every build signs with these keys; they are thrown away after a year.
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // RFC 3161 wants the usage of a timestamp authority critical and alone.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var notBefore = Backdated(now);
        var issuerNotBefore = new DateTimeOffset(root.NotBefore.ToUniversalTime());
        using var certificate = request.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForRSA(rootKey, RSASignaturePadding.Pkcs1),
            notBefore < issuerNotBefore ? issuerNotBefore : notBefore,
            now.AddDays(LeafDays),
            SerialNumber());
        return new DevelopmentCertificate(certificate.RawData, key.ExportPkcs8PrivateKey());
    }

    // Clocks of virtual machines jump; a certificate that is valid "from now" would not be valid after a jump back.
    private static DateTimeOffset Backdated(DateTimeOffset now) => now.AddDays(-1);

    /// <summary>16 random bytes that are a positive DER integer.</summary>
    internal static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
