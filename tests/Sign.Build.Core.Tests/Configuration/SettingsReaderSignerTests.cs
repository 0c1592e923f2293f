using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderSignerTests
{
    private static readonly string Sha256 = new('a', 64);

    [TestMethod]
    public void Read_WhenAnAuthorIsListed_ResolvesFilesAndLeavesFingerprints()
    {
        var signer = Only(new TrustedSignerItem("Contoso", ["keys/contoso.cer", Sha256], null, [], "true"));

        CollectionAssert.AreEqual(new[] { Path.Combine(Read.Directory, "keys", "contoso.cer"), Sha256 }, signer.Certificates.ToArray());
        Assert.AreEqual(("Contoso", null, true), (signer.Name, signer.ServiceIndexUrl, signer.AllowUntrustedRoot));
    }

    [TestMethod]
    public void Read_WhenARepositoryIsListed_TakesServiceIndexAndOwners()
    {
        var signer = Only(new TrustedSignerItem("feed", [Sha256], "https://feed.example/v3/index.json", ["alice", "bob"], ""));

        Assert.AreEqual((new Uri("https://feed.example/v3/index.json"), false), (signer.ServiceIndexUrl, signer.AllowUntrustedRoot));
        CollectionAssert.AreEqual(new[] { "alice", "bob" }, signer.Owners.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("http://feed.example/v3/index.json")]
    [DataRow("feed.example")]
    public void Read_WhenTheServiceIndexIsNotHttps_IsRefused(string serviceIndex)
    {
        var failure = Failure(new TrustedSignerItem("feed", [Sha256], serviceIndex, [], ""));

        Assert.AreEqual(("SGN1002", "SignBuildTrustedRepository"), (failure.Code, failure.File));
    }

    [TestMethod]
    public void Read_WhenAllowUntrustedRootIsNoFlag_IsRefused()
    {
        var failure = Failure(new TrustedSignerItem("Contoso", [Sha256], null, [], "yes"));

        Assert.AreEqual("SGN1002", failure.Code);
        StringAssert.Contains(failure.ToString(), "AllowUntrustedRoot");
    }

    private static TrustedSignerSettings Only(TrustedSignerItem item) => Read.With(Items(item)).Policy.TrustedSigners.Single();

    private static Diagnostic Failure(TrustedSignerItem item) => Assert.ThrowsExactly<SignBuildException>(() => Read.With(Items(item))).Diagnostic;

    private static SettingItems Items(TrustedSignerItem item) => SettingItems.None with { TrustedSigners = [item] };
}
