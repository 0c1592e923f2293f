using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

[TestClass]
public sealed class DevelopmentAuthorityCertificatesTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task CreateIdentity_WhenAuthorityIsNew_GivesCodeSigningCertificateBelowTheRoot()
    {
        using var directory = new TemporaryDirectory();
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);

        using var identity = authority.CreateIdentity();

        Assert.AreEqual("", ChainErrors(identity.Certificate, authority.Root, Oids.CodeSigning));
        Assert.AreEqual(Fingerprint.Sha256(authority.Root), Fingerprint.Sha256(identity.AdditionalCertificates.Single()));
        byte[] data = [1, 2, 3];
        var signature = identity.PrivateKey.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var publicKey = identity.Certificate.GetRSAPublicKey()!;
        Assert.IsTrue(publicKey.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [TestMethod]
    public async Task Timestamps_WhenAuthorityIsNew_ComeFromCertificateForNothingElse()
    {
        using var directory = new TemporaryDirectory();
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory["authority"], TimeProvider.System, TestContext.CancellationToken);

        var timestamp = await authority.Timestamps.TimestampAsync(new byte[] { 1 }, TestContext.CancellationToken);

        var certificate = timestamp.Token.SignerInfos[0].Certificate!;
        Assert.AreEqual("", ChainErrors(certificate, authority.Root, Oids.Timestamping));
        var usage = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        Assert.IsTrue(usage.Critical);
        Assert.AreEqual(Oids.Timestamping, usage.EnhancedKeyUsages.Cast<Oid>().Single().Value);
    }

    [TestMethod]
    public async Task LoadOrCreate_WhenTwoUsersMakeOne_TheRootsHaveDifferentNames()
    {
        using var directory = new TemporaryDirectory();

        using var one = await DevelopmentAuthority.LoadOrCreateAsync(directory["one"], TimeProvider.System, TestContext.CancellationToken);
        using var other = await DevelopmentAuthority.LoadOrCreateAsync(directory["other"], TimeProvider.System, TestContext.CancellationToken);

        Assert.AreNotEqual(one.Root.Subject, other.Root.Subject);
    }

    private static string ChainErrors(X509Certificate2 certificate, X509Certificate2 root, string usage)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        chain.Build(certificate);
        return string.Join(", ", chain.ChainStatus.Select(status => status.Status));
    }
}
