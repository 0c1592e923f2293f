using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderTrustTests
{
    private static readonly SettingItems OneRoot = new([], ["root.pem"], []);

    [TestMethod]
    public void Read_WhenPolicyIsNuGetOrg_RefusesTrustedRoots()
    {
        var failure = Assert.ThrowsExactly<SignBuildException>(() => Read.With(OneRoot));

        Assert.AreEqual("SGN1004", failure.Diagnostic.Code);
    }

    [TestMethod]
    public void Read_WhenPolicyIsPrivate_TakesTrustedRoots()
    {
        var settings = Read.With(OneRoot, ("SignBuildPolicy", "Private"));

        CollectionAssert.AreEqual(new[] { Path.Combine(Read.Directory, "root.pem") }, settings.Policy.TrustedRootPaths.ToArray());
    }
}
