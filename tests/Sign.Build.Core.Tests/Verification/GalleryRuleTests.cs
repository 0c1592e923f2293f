using System.IO.Compression;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Verification;
using Sign.Build.Core.Verification.Rules;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class GalleryRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(262_144_000L, "")]
    [DataRow(262_144_001L, "SGN5020")]
    public void Check_WhenPackageHasTheLimit_TakesIt(long length, string expected)
    {
        Assert.AreEqual(expected, Check(new PackageSizeRule(), Package() with { Length = length }).Codes());
    }

    [TestMethod]
    [DataRow(65_534, "")]
    [DataRow(65_535, "SGN5021")]
    public void Check_WhenPackageHasManyEntries_Counts(int count, string expected)
    {
        Assert.AreEqual(expected, Check(new ArchiveEntriesRule(), Package() with { EntryCount = count }).Codes());
    }

    [TestMethod]
    [DataRow(24, "")]
    [DataRow(25, "SGN5021")]
    public void Check_WhenEntryIsFromTheFuture_LeavesADay(int hours, string expected)
    {
        var package = Package() with { Entries = new ArchiveEntries { Latest = ("a.txt", Now.AddHours(hours)) } };

        Assert.AreEqual(expected, Check(new ArchiveEntriesRule(), package).Codes());
    }

    [TestMethod]
    [DataRow("a.txt,b.txt", null, null)]
    [DataRow("lib/a.dll,LIB/A.dll", null, "LIB/A.dll")]
    [DataRow(@"lib/a.dll,lib\a.dll", null, @"lib\a.dll")]
    [DataRow("lib/a.dll,lib//a.dll", null, "lib//a.dll")]
    [DataRow("lib//a.dll", null, null)]
    [DataRow(@"lib\\a.dll", @"lib\\a.dll", null)]
    public void Inspect_WhenNamesAre_FindsWhatTheGalleryRefuses(string names, string? emptyFolder, string? duplicate)
    {
        using var directory = new TemporaryDirectory();
        using (var zip = ZipFile.Open(directory["a.nupkg"], ZipArchiveMode.Create))
        {
            foreach (var name in names.Split(','))
            {
                zip.CreateEntry(name).LastWriteTime = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero);
            }
        }

        using var archive = PackageArchive.Open(directory["a.nupkg"]);
        var entries = ArchiveEntriesInspector.Inspect(archive);

        Assert.AreEqual(emptyFolder, entries.NameWithEmptyFolder);
        Assert.AreEqual(duplicate, entries.DuplicateName);
        Assert.AreEqual(new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero), entries.Latest!.Value.Time);
    }

    [TestMethod]
    public void Check_WhenPolicyIsPrivate_LeavesTheGalleryOut()
    {
        var package = Package() with { Length = long.MaxValue, EntryCount = 70_000, Entries = new ArchiveEntries { DuplicateName = "a" } };
        using var chains = Verify.Chains();
        var context = new RuleContext(VerificationPolicy.Private, chains, Now);

        Assert.AreEqual("", new ArchiveEntriesRule().Check(package, context).Concat(new PackageSizeRule().Check(package, context)).Codes());
    }

    private static List<Diagnostic> Check(IVerificationRule<InspectedPackage> rule, InspectedPackage package)
    {
        using var chains = Verify.Chains();
        return [.. rule.Check(package, new RuleContext(VerificationPolicy.NuGetOrg, chains, Now))];
    }

    private static InspectedPackage Package() => new() { Path = "/a.nupkg", Length = 1, EntryCount = 2, IsZip64 = false, IsSigned = true };
}
