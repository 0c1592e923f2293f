using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

/// <summary>Under NuGetOrg a repository's countersignature is judged where, and only where, the package is trusted for it.</summary>
[TestClass]
public sealed class TrustedRepositoryTests
{
    private static readonly Uri Feed = new(TestSignatureOptions.Repository.ServiceIndexUrl!);

    // As in RepositorySignatureTests: another root, and keys of its own.
    private static readonly Lazy<TestCertificate> Stranger = new(() => TestCertificateAuthority.CreateRoot("Stranger").Issue());
    private static readonly Lazy<TestCertificate> Member = new(() => TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning));
    private static readonly Lazy<TestCertificate> Expired = new(() => TestPki.Shared.Intermediate.Issue(
        TestCertificateOptions.CodeSigning with { NotBefore = DateTimeOffset.UtcNow.AddDays(-20), NotAfter = DateTimeOffset.UtcNow.AddDays(-10) }));

    [TestMethod]
    [DataRow("sound", "repository", "")]
    [DataRow("untrusted root", "repository", "SGN5010/NU3018")]
    [DataRow("untrusted root", "author", "")]
    [DataRow("untrusted root", "author repository", "")]
    [DataRow("untrusted root", "", "")]
    [DataRow("without timestamp", "repository", "SGN5003/NU3027")]
    [DataRow("without timestamp", "author", "")]
    [DataRow("expired since", "repository", "")]
    [DataRow("expired before", "repository", "SGN5009/NU3037")]
    public async Task VerifyAsync_WhenPackageIsTrustedForTheCountersignature_JudgesIt(string countersignature, string trusted, string expected)
    {
        var repository = Options(countersignature);
        var signers = trusted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(kind => kind == "author"
            ? new TrustedSigner("ann", [TestPki.Shared.CodeSigning.Fingerprint], null, [], false)
            : new TrustedSigner("feed", [repository.Signer!.Fingerprint], Feed, [], false));

        var verification = await Verify.SignatureAsync(
            new TestSignatureOptions { Countersignatures = [repository] }, VerificationPolicy.NuGetOrg with { TrustedSigners = [.. signers] });

        Assert.AreEqual(expected, verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    private static TestSignatureOptions Options(string countersignature) => countersignature switch
    {
        "sound" => TestSignatureOptions.Repository with { Signer = Member.Value },
        "untrusted root" => TestSignatureOptions.Repository with { Signer = Stranger.Value },
        "without timestamp" => TestSignatureOptions.Repository with { Signer = Member.Value, Timestamps = [] },
        "expired since" => TestSignatureOptions.Repository with { Signer = Expired.Value, Timestamps = [new TestTimestampOptions { Time = DateTimeOffset.UtcNow.AddDays(-15) }] },
        "expired before" => TestSignatureOptions.Repository with { Signer = Expired.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(countersignature), countersignature, null),
    };
}
