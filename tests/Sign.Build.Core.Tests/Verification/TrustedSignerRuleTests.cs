using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Signing;
using Sign.Build.Core.Consumers;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

/// <summary>Whom consumers trust: what the rule says, beside what NuGet says with the nuget.config for the same signers.</summary>
[TestClass]
public sealed class TrustedSignerRuleTests
{
    private const string Feed = "https://feed.example/v3/index.json";
    private const string OtherFeed = "https://other.example/v3/index.json";

    private static readonly Lazy<TestCertificate> Repository = new(() => TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    // Package, trusted signers, finding
    [DataRow("author", "", "")]
    [DataRow("author", "author:author", "")]
    [DataRow("author", "author:repository", "SGN5030/NU3034")]
    [DataRow("author", "author:repository author:author", "")]
    [DataRow("author", "repository:author", "SGN5030/NU3034")]
    [DataRow("repository", "repository:repository", "")]
    [DataRow("repository", "author:repository", "SGN5030/NU3034")]
    [DataRow("repository", "repository:author", "SGN5031/NU3034")]
    [DataRow("repository", "repository:repository:alice", "")]
    [DataRow("repository", "repository:repository:carol,alice", "")]
    [DataRow("repository", "repository:repository:carol", "SGN5032/NU3034")]
    [DataRow("repository", "repository:repository:ALICE", "SGN5032/NU3034")]
    [DataRow("repository", "repository:repository:carol author:author", "SGN5032/NU3034")]
    [DataRow("ownerless", "repository:repository", "")]
    [DataRow("ownerless", "repository:repository:alice", "SGN5032/NU3034")]
    [DataRow("both", "author:author", "")]
    [DataRow("both", "repository:repository", "")]
    [DataRow("both", "repository:repository:carol", "SGN5032/NU3034")]
    [DataRow("both", "repository:repository:carol author:author", "")]
    [DataRow("both", "author:repository", "SGN5030/NU3034")]
    [DataRow("unsigned", "author:author", "SGN5001/NU3004")]
    public async Task VerifyAsync_WithTrustedSigners_AgreesWithNuGet(string package, string trusted, string expected)
    {
        using var directory = new TemporaryDirectory();
        var path = await CreateAsync(directory, package);
        var signers = trusted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Signer).ToArray();

        var verification = await Verify.FileAsync(path, VerificationPolicy.Private with { TrustedSigners = signers });

        Assert.AreEqual(expected, verification.Findings.Codes(), string.Join('\n', verification.Findings));
        if (signers.Length > 0 && package != "unsigned")
        {
            Assert.AreEqual(verification.IsAccepted, await IsAllowedByNuGetAsync(directory, path, signers), "NuGet with the written nuget.config.");
        }
    }

    [TestMethod]
    public async Task VerifyAsync_WhenTheFeedIsAnother_RejectsThoughTheCertificateIsRight()
    {
        using var directory = new TemporaryDirectory();
        var path = await CreateAsync(directory, "repository");
        var signer = Signer("repository:repository") with { ServiceIndexUrl = new Uri(OtherFeed) };

        var verification = await Verify.FileAsync(path, VerificationPolicy.Private with { TrustedSigners = [signer] });

        Assert.AreEqual("SGN5030/NU3034", verification.Findings.Codes());
    }

    [TestMethod]
    public async Task VerifyAsync_WhenRejected_NamesWhatWasFoundAndWhatIsTrusted()
    {
        using var directory = new TemporaryDirectory();
        var path = await CreateAsync(directory, "repository");

        var byOwner = await Verify.FileAsync(path, VerificationPolicy.Private with { TrustedSigners = [Signer("repository:repository:carol")] });
        var byCertificate = await Verify.FileAsync(path, VerificationPolicy.Private with { TrustedSigners = [Signer("repository:author")] });

        StringAssert.Contains(byOwner.Findings.Single().Message, "the owners of the package are alice, bob, and trusted are carol");
        StringAssert.Contains(byCertificate.Findings.Single().Message, Repository.Value.Fingerprint);
        StringAssert.Contains(byCertificate.Findings.Single().Message, TestPki.Shared.CodeSigning.Fingerprint);
    }

    private static async Task<string> CreateAsync(TemporaryDirectory directory, string package)
    {
        var repository = TestSignatureOptions.Repository with { Signer = Repository.Value, PackageOwners = package == "ownerless" ? [] : ["alice", "bob"] };
        return package switch
        {
            "unsigned" => TestPackages.CreateUnsigned(directory.Path),
            "author" => await Verify.SignAsync(directory, new TestSignatureOptions()),
            "both" => await Verify.SignAsync(directory, new TestSignatureOptions { Countersignatures = [repository] }),
            _ => await Verify.SignAsync(directory, repository),
        };
    }

    // kind:certificate[:owner,owner]
    private static TrustedSigner Signer(string text)
    {
        var parts = text.Split(':');
        var certificate = parts[1] == "author" ? TestPki.Shared.CodeSigning : Repository.Value;
        return new TrustedSigner(
            text.Replace(':', '-'),
            [certificate.Fingerprint],
            parts[0] == "repository" ? new Uri(Feed) : null,
            parts.Length > 2 ? parts[2].Split(',') : [],
            AllowUntrustedRoot: true);
    }

    private async Task<bool> IsAllowedByNuGetAsync(TemporaryDirectory directory, string path, IReadOnlyList<TrustedSigner> signers)
    {
        await TrustedSignersFile.WriteAsync(directory["nuget.config"], signers, TestContext.CancellationToken);
        var policy = ClientPolicyContext.GetClientPolicy(NuGet.Configuration.Settings.LoadSpecificSettings(directory.Path, "nuget.config"), NullLogger.Instance);
        Assert.AreEqual(SignatureValidationMode.Require, policy.Policy);
        using var reader = new PackageArchiveReader(path);
        var signature = await reader.GetPrimarySignatureAsync(TestContext.CancellationToken);
        var result = await new AllowListVerificationProvider(policy.AllowList, requireNonEmptyAllowList: true)
            .GetTrustResultAsync(reader, signature!, policy.VerifierSettings, TestContext.CancellationToken);
        return result.Trust == SignatureVerificationStatus.Valid;
    }
}
