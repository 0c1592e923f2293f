namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class SolutionTests : PackageTest
{
    private const int Count = 12;

    [TestMethod]
    public async Task Pack_WhenTwelveProjectsInParallelOnANewMachine_AllAreSignedByOneAuthority()
    {
        var home = Directory.CreateDirectory(Workspace["home"]).FullName;
        Workspace.Environment["HOME"] = home;
        Workspace.Environment["LOCALAPPDATA"] = home;
        var names = Enumerable.Range(1, Count).Select(number => $"Lib{number}").ToArray();
        foreach (var name in names)
        {
            Workspace.AddProject(name, DevelopmentMode + """
                <PropertyGroup><PackageOutputPath>../packages</PackageOutputPath></PropertyGroup>
                """);
        }

        Workspace.Write("All.slnx", $"<Solution>{string.Concat(names.Select(name => $"""<Project Path="{name}/{name}.csproj" />"""))}</Solution>");

        // More nodes than this machine may have: the first builds of all of them meet where the authority is made.
        var result = await Workspace.DotNetAsync(Workspace.Path, Cancellation, "pack", "All.slnx", "-m:4");

        result.EnsureClean();
        var fingerprint = DevelopmentFingerprintIn(home);
        foreach (var name in names)
        {
            Assert.AreEqual(
                SignedPackage.ByAuthor(name + " 1.2.3", fingerprint),
                await SignedPackage.ReadAsync(Workspace["packages", name + ".1.2.3.nupkg"], Cancellation));
        }

        Assert.HasCount(Count, Directory.GetFiles(Workspace["packages"]));
    }
}
