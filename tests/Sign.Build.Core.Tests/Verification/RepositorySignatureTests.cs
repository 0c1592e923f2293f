using Sign.Build.Core.Verification;
using Sign.Build.Testing;
using TestOids = Sign.Build.Testing.Oids;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class RepositorySignatureTests
{
    private static readonly TestSignatureOptions Author = new();
    private static readonly TestSignatureOptions Repository = TestSignatureOptions.Repository;

    // Not one with the key of another signer: a signature names its signer by the key's identifier.
    private static readonly Lazy<TestCertificate> Stranger = new(() => TestCertificateAuthority.CreateRoot("Stranger").Issue());

    [TestMethod]
    [DataRow("repository", "SGN5002", "")]
    [DataRow("repository without service index", "SGN5002", "SGN5006/NU3000")]
    [DataRow("repository with http service index", "SGN5002", "SGN5006/NU3000")]
    [DataRow("repository with empty owner", "SGN5002", "SGN5006/NU3000")]
    [DataRow("repository without timestamp", "SGN5002", "SGN5003/NU3027")]
    [DataRow("repository, countersigned by a repository", "SGN5002", "SGN5006/NU3033")]
    [DataRow("author and repository", "", "")]
    [DataRow("author and two repositories", "", "SGN5006/NU3032")]
    [DataRow("author and untrusted repository", "", "SGN5010/NU3018")]
    [DataRow("author and repository without timestamp", "", "SGN5003/NU3027")]
    [DataRow("author and repository without service index", "SGN5006/NU3000", "SGN5006/NU3000")]
    [DataRow("author and repository without signing time", "SGN5006/NU3031", "SGN5006/NU3031")]
    [DataRow("author and author", "SGN5019", "SGN5019")]
    [DataRow("author and unknown", "", "")]
    [DataRow("author and both", "SGN5006/NU3000", "SGN5006/NU3000")]
    public async Task VerifyAsync_WhenRepositorySigned_Finds(string what, string nuGetOrg, string onPrivate)
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, Options(what));

        var forNuGetOrg = await Verify.FileAsync(path, VerificationPolicy.NuGetOrg);
        var forPrivate = await Verify.FileAsync(path, VerificationPolicy.Private);

        Assert.AreEqual(nuGetOrg, forNuGetOrg.Findings.Codes(), string.Join('\n', forNuGetOrg.Findings));
        Assert.AreEqual(onPrivate, forPrivate.Findings.Codes(), string.Join('\n', forPrivate.Findings));
    }

    [TestMethod]
    public async Task VerifyAsync_WhenRepositorySigned_GivesServiceIndexAndOwners()
    {
        var options = Author with { Countersignatures = [Repository with { PackageOwners = ["ann", "ben"] }] };

        var verification = await Verify.SignatureAsync(options, VerificationPolicy.Private);

        var countersignature = verification.Package!.Signature!.Countersignatures.Single();
        Assert.AreEqual(PackageSignatureType.Repository, countersignature.Type);
        Assert.AreEqual("https://feed.example/v3/index.json", countersignature.ServiceIndexUrl!.OriginalString);
        Assert.AreEqual("ann ben", string.Join(' ', countersignature.Owners));
        Assert.AreEqual("", verification.Findings.Codes());
    }

    private static TestSignatureOptions Options(string what) => what switch
    {
        "repository" => Repository,
        "repository without service index" => Repository with { ServiceIndexUrl = null },
        "repository with http service index" => Repository with { ServiceIndexUrl = "http://feed.example/v3/index.json" },
        "repository with empty owner" => Repository with { PackageOwners = ["ann", " "] },
        "repository without timestamp" => Repository with { Timestamps = [] },
        "repository, countersigned by a repository" => Repository with { Countersignatures = [Repository] },
        "author and repository" => Author with { Countersignatures = [Repository] },
        "author and two repositories" => Author with { Countersignatures = [Repository, Repository] },
        "author and untrusted repository" => Author with { Countersignatures = [Repository with { Signer = Stranger.Value }] },
        "author and repository without timestamp" => Author with { Countersignatures = [Repository with { Timestamps = [] }] },
        "author and repository without service index" => Author with { Countersignatures = [Repository with { ServiceIndexUrl = null }] },
        "author and repository without signing time" => Author with { Countersignatures = [Repository with { OmitSigningTime = true }] },
        "author and author" => Author with { Countersignatures = [Author] },
        "author and unknown" => Author with { Countersignatures = [Author with { CommitmentTypes = [] }] },
        "author and both" => Author with { Countersignatures = [Author with { CommitmentTypes = [TestOids.ProofOfOrigin, TestOids.ProofOfReceipt] }] },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
