using Sign.Build.Core.Certificates;
using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

[TestClass]
public sealed class DevelopmentAuthorityRenewalTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(0, true, true)]
    [DataRow(334, true, true)]
    [DataRow(336, true, false)]
    [DataRow(366, true, false)]
    [DataRow(1400, true, false)]
    [DataRow(1470, false, false)]
    [DataRow(4000, false, false)]
    [DataRow(-2, false, false)]
    public async Task LoadOrCreate_WhenDaysHavePassed_RenewsWhatWouldExpire(int days, bool sameRoot, bool sameCertificate)
    {
        using var directory = new TemporaryDirectory();
        var path = await SharedDevelopmentAuthority.WriteAsync(directory, TestContext.CancellationToken);
        var first = await CertificatesAsync(path, SharedDevelopmentAuthority.Created);
        var now = SharedDevelopmentAuthority.Created.AddDays(days);

        var later = await CertificatesAsync(path, now);

        Assert.AreEqual((sameRoot, sameCertificate), (first.Root == later.Root, first.Certificate == later.Certificate));
        Assert.IsTrue(later.NotBefore <= now && now.AddDays(DevelopmentCertificates.RenewalDays) < later.NotAfter);
        Assert.AreEqual(later, await CertificatesAsync(path, now));
    }

    private async Task<(string Root, string Certificate, DateTimeOffset NotBefore, DateTimeOffset NotAfter)> CertificatesAsync(string directory, DateTimeOffset now)
    {
        using var authority = await DevelopmentAuthority.LoadOrCreateAsync(directory, new FixedClock(now), TestContext.CancellationToken);
        using var identity = authority.CreateIdentity();
        return (Fingerprint.Sha256(authority.Root), identity.Fingerprint, identity.Certificate.NotBefore.ToUniversalTime(), identity.Certificate.NotAfter.ToUniversalTime());
    }
}
