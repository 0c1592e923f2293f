using Sign.Build.Core.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Signing;

[TestClass]
public sealed class TemporaryPackageTests
{
    [TestMethod]
    public void RemoveAbandoned_WhenABuildWasKilled_RemovesItsFileAndNoOther()
    {
        using var directory = new TemporaryDirectory();
        var package = directory["A.1.0.0.nupkg"];
        foreach (var name in (string[])["A.1.0.0.nupkg", "A.1.0.0.nupkg.0123456789ab.tmp", "A.1.0.0.nupkg.backup.tmp", "A.1.0.0.nupkg.0123456789AB.tmp", "B.1.0.0.nupkg.0123456789ab.tmp"])
        {
            File.WriteAllText(directory[name], "");
        }

        TemporaryPackage.RemoveAbandoned(package);

        CollectionAssert.AreEquivalent(
            new[] { "A.1.0.0.nupkg", "A.1.0.0.nupkg.backup.tmp", "A.1.0.0.nupkg.0123456789AB.tmp", "B.1.0.0.nupkg.0123456789ab.tmp" },
            Directory.GetFiles(directory.Path).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void RemoveAbandoned_WhenAnotherBuildStillWrites_LeavesItsFile()
    {
        using var directory = new TemporaryDirectory();
        var package = directory["A.1.0.0.nupkg"];
        File.WriteAllText(package, "old");
        using var temporary = TemporaryPackage.CreateFor(package);

        TemporaryPackage.RemoveAbandoned(package);

        Assert.IsTrue(File.Exists(temporary.Path));
    }

    [TestMethod]
    public void EndWriting_WhenNothingIsCommitted_LetsOthersReadAndNotRemoveIt()
    {
        using var directory = new TemporaryDirectory();
        var package = directory["A.1.0.0.nupkg"];
        File.WriteAllText(package, "old");
        using var temporary = TemporaryPackage.CreateFor(package);
        RandomAccess.Write(temporary.Handle, "new content"u8, 0);

        temporary.EndWriting();
        TemporaryPackage.RemoveAbandoned(package);

        // As the verifier opens it: whoever may still write would stand in its way on Windows.
        using var reader = File.OpenHandle(temporary.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Assert.AreEqual(11, RandomAccess.GetLength(reader));
        Assert.ThrowsExactly<UnauthorizedAccessException>(() => RandomAccess.Write(temporary.Handle, "x"u8, 0));
    }

    [TestMethod]
    public void Commit_WhenWritten_ReplacesThePackageAndStampsIt()
    {
        using var directory = new TemporaryDirectory();
        var package = directory["A.1.0.0.nupkg"];
        File.WriteAllText(package, "old");
        FileStamp stamp;

        using (var temporary = TemporaryPackage.CreateFor(package))
        {
            RandomAccess.Write(temporary.Handle, "new content"u8, 0);
            temporary.EndWriting();
            stamp = temporary.Commit();
        }

        Assert.AreEqual("new content", File.ReadAllText(package));
        Assert.AreEqual(FileStamp.Of(package), stamp);
        Assert.HasCount(1, Directory.GetFiles(directory.Path));
    }

    [TestMethod]
    public void Dispose_WhenNotCommitted_LeavesThePackageAlone()
    {
        using var directory = new TemporaryDirectory();
        var package = directory["A.1.0.0.nupkg"];
        File.WriteAllText(package, "old");

        TemporaryPackage.CreateFor(package).Dispose();

        Assert.AreEqual("old", File.ReadAllText(package));
        Assert.HasCount(1, Directory.GetFiles(directory.Path));
    }
}
