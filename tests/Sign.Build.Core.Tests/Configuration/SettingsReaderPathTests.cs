namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderPathTests
{
    [TestMethod]
    public void Read_WhenPathIsRelative_StartsAtTheProject()
    {
        var settings = Read.With(("SignBuildCertificatePath", "keys/signing.pfx"));

        Assert.AreEqual(Path.Combine(Read.Directory, "keys", "signing.pfx"), settings.Certificate.Path);
    }

    [TestMethod]
    public void Read_WhenOwnerListsFileAndFingerprint_ResolvesOnlyTheFile()
    {
        var fingerprint = new string('a', 64);
        var items = new Core.Configuration.SettingItems([], [], [new("contoso", ["certificates/a.cer", fingerprint])]);

        var owner = Read.With(items).Policy.Owners.Single();

        CollectionAssert.AreEqual(new[] { Path.Combine(Read.Directory, "certificates", "a.cer"), fingerprint }, owner.Certificates.ToArray());
    }
}
