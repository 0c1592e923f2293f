using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Tests.Development;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class CertificateJudgeTests
{
    private static readonly TestCertificate Good = TestPki.Shared.CodeSigning;

    [TestMethod]
    [DataRow(nameof(MatrixCertificates.SignerRsa3072), "", "")]
    [DataRow(nameof(MatrixCertificates.SignerRsa1024), "SGN5007/NU3014", "an RSA key of 1024 bits")]
    [DataRow(nameof(MatrixCertificates.SignerEcdsa), "SGN5007/NU3014", "a key that is not RSA (ECDSA)")]
    [DataRow(nameof(MatrixCertificates.SignerIssuedWithPss), "SGN5014/NU3013", "signed by its issuer with RSASSA-PSS")]
    [DataRow(nameof(MatrixCertificates.SignerIssuedWithSha512), "", "")]
    [DataRow(nameof(MatrixCertificates.SignerLifetime), "SGN5008/NU3015", "lifetime-signing usage (1.3.6.1.4.1.311.10.3.13)")]
    [DataRow(nameof(MatrixCertificates.SignerForServers), "SGN5008/NU3012", "its extended key usage is server authentication")]
    [DataRow(nameof(MatrixCertificates.SignerWithoutUsages), "", "")]
    [DataRow(nameof(MatrixCertificates.SignerNotYetValid), "SGN5009/NU3017", "is not valid before ")]
    [DataRow(nameof(MatrixCertificates.SignerExpired), "SGN5009/NU3037", "expired on ")]
    [DataRow(nameof(MatrixCertificates.SignerUntrusted), "SGN5010/NU3018", "which is not among the trust anchors")]
    [DataRow(nameof(MatrixCertificates.SignerSelfSigned), "SGN5010/NU3018", "is issued by itself")]
    [DataRow(nameof(MatrixCertificates.SignerBelowLeaf), "SGN5010/NU3012", "may not issue certificates")]
    public void Judge_WhenCertificateIs_Finds(string name, string expected, string text)
    {
        var certificate = ((Lazy<TestCertificate>)typeof(MatrixCertificates).GetProperty(name)!.GetValue(null)!).Value;

        var findings = Judge(VerificationPolicy.NuGetOrg, certificate);

        Assert.AreEqual(expected, findings.Codes(), string.Join('\n', findings));
        if (text.Length > 0)
        {
            StringAssert.Contains(findings[0].Message, text);
        }
    }

    [TestMethod]
    public void Judge_WhenCertificateExpired_RejectsUnderPrivateToo()
    {
        Assert.AreEqual("SGN5009/NU3037", Judge(VerificationPolicy.Private, MatrixCertificates.SignerExpired.Value).Codes());
    }

    [TestMethod]
    public void Judge_WhenIntermediateIsMissing_SaysWhatToAdd()
    {
        using var chains = Verify.Chains();

        var findings = new CertificateJudge(chains, TimeProvider.System, VerificationPolicy.NuGetOrg).Judge(Good.Certificate, []);

        Assert.AreEqual("SGN5010/NU3012", findings.Codes());
        StringAssert.Contains(findings[0].Message, "SignBuildAdditionalCertificate");
    }

    [TestMethod]
    public void Judge_WhenIntermediateExpired_NamesIt()
    {
        using var intermediate = TestPki.Shared.Root.CreateIntermediate("Ended", new() { NotBefore = DateTimeOffset.UtcNow.AddDays(-40), NotAfter = DateTimeOffset.UtcNow.AddDays(-2) });
        using var key = Good.Certificate.GetRSAPrivateKey();
        using var certificate = intermediate.Issue(new() { Key = key, NotAfter = DateTimeOffset.UtcNow.AddDays(5) });

        var findings = Judge(VerificationPolicy.NuGetOrg, certificate);

        Assert.AreEqual("SGN5009/NU3012", findings.Codes(), string.Join('\n', findings));
        StringAssert.Contains(findings[0].Message, "has the issuer 'Ended ");
    }

    [TestMethod]
    public void Judge_WhenIntermediateIsSignedWithSha1_RejectsIt()
    {
        using var intermediate = TestPki.Shared.Root.CreateIntermediate("Weak", new() { SignatureHash = System.Security.Cryptography.HashAlgorithmName.SHA1 });
        using var key = Good.Certificate.GetRSAPrivateKey();
        using var certificate = intermediate.Issue(new() { Key = key });

        var findings = Judge(VerificationPolicy.NuGetOrg, certificate);

        StringAssert.Contains(findings.Codes(), "SGN5014", string.Join('\n', findings));
        StringAssert.Contains(findings[0].Message, "whose certificate is signed with SHA-1 with RSA");
    }

    [TestMethod]
    public void Judge_WhenSubjectHasLineBreaks_KeepsTheMessageOnOneLine()
    {
        using var key = Good.Certificate.GetRSAPrivateKey();
        using var certificate = TestCertificateAuthority.CreateRoot("Other").Issue(new() { Key = key, Subject = "CN=\"Evil\r\nerror SGN1001: forged\"" });

        var message = Judge(VerificationPolicy.NuGetOrg, certificate)[0].Message;

        Assert.IsFalse(message.Any(char.IsControl), message);
        StringAssert.Contains(message, "Evil??error SGN1001: forged");
    }

    [TestMethod]
    [DataRow(29, "SGN2010")]
    [DataRow(31, "")]
    public void Judge_WhenCertificateEndsSoon_Warns(int days, string expected)
    {
        var clock = new FixedClock(new DateTimeOffset(Good.Certificate.NotAfter.ToUniversalTime()).AddDays(-days));
        using var chains = Verify.Chains(clock: clock);
        var policy = VerificationPolicy.NuGetOrg with { ExpiryWarning = TimeSpan.FromDays(30) };

        var findings = new CertificateJudge(chains, clock, policy).Judge(Good.Certificate, Good.Issuers);

        Assert.AreEqual(expected, findings.Codes());
    }

    [TestMethod]
    [DataRow("ann:own", null, "")]
    [DataRow("ann:other", null, "SGN5015")]
    [DataRow("ann:own ben:other", "ben", "SGN5016")]
    [DataRow("ann:own ben:", "ben", "SGN5017")]
    [DataRow("ann: ben:", null, "SGN5017")]
    public void Judge_WhenOwnersAreKnown_HoldsTheCertificateToTheirRegistrations(string owners, string? requiredSigner, string expected)
    {
        var policy = VerificationPolicy.NuGetOrg with { Owners = Owners(owners), RequiredSigner = requiredSigner };

        var findings = Judge(policy, Good);

        Assert.AreEqual(expected, findings.Codes());
        if (expected.Length > 0)
        {
            StringAssert.Contains(findings[0].Message, Good.Fingerprint);
        }
    }

    [TestMethod]
    public void Judge_WhenOnlyAnotherOwnerRegisteredIt_SaysWho()
    {
        var policy = VerificationPolicy.NuGetOrg with { Owners = Owners("ann:own ben:other"), RequiredSigner = "ben" };

        var findings = Judge(policy, Good);

        StringAssert.Contains(findings[0].Message, "is registered by 'ann' and not by the required signer");
    }

    internal static RegisteredOwner[] Owners(string owners) => [.. owners.Split(' ').Select(owner => owner.Split(':')).Select(parts => new RegisteredOwner(
        parts[0],
        parts[1] switch { "own" => [Good.Fingerprint], "other" => [new string('a', 64)], _ => [] }))];

    private static IReadOnlyList<Diagnostic> Judge(VerificationPolicy policy, TestCertificate certificate)
    {
        using var chains = Verify.Chains();
        return new CertificateJudge(chains, TimeProvider.System, policy).Judge(certificate.Certificate, certificate.Issuers);
    }
}
