namespace Sign.Build.Package.Tests;

/// <summary>A vault counts requests, and takes its time for each.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class KeyVaultManyTests : PackageTest
{
    [TestMethod]
    public async Task Pack_When40ProjectsAreOneBuild_AsksOncePerNodeAndPackage()
    {
        const int Projects = 40;
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var body = VaultProject.With(Workspace, vault, timestamps.Url) + """
            <PropertyGroup>
              <PackageOutputPath>../packages</PackageOutputPath>
              <IncludeBuildOutput>false</IncludeBuildOutput>
              <SuppressDependenciesWhenPacking>true</SuppressDependenciesWhenPacking>
              <NoWarn>NU5017;NU5128</NoWarn>
            </PropertyGroup>
            <ItemGroup><None Include="../nuget.config" Pack="true" PackagePath="content" /></ItemGroup>
            """;
        var names = Enumerable.Range(1, Projects).Select(number => $"Lib{number}").ToArray();
        foreach (var name in names)
        {
            Workspace.AddProject(name, body);
        }

        Workspace.Write("All.slnx", $"<Solution>{string.Concat(names.Select(name => $"""<Project Path="{name}/{name}.csproj" />"""))}</Solution>");

        var result = await Workspace.DotNetAsync(Workspace.Path, Cancellation, "pack", "All.slnx", "-m:2");

        result.EnsureClean();
        Assert.HasCount(Projects, Directory.GetFiles(Workspace["packages"], "*.nupkg"));
        var (tokens, certificates, signatures) = VaultProject.Requests(vault);
        Assert.IsInRange(1, 2, tokens);
        Assert.AreEqual(tokens, certificates);
        Assert.AreEqual(Projects + tokens, signatures, "one for each package, and one for the preflight of each node");
    }

    [TestMethod]
    public async Task Pack_WhenOneProjectHas200Packages_AsksOncePerPackage()
    {
        const int Packages = 200;
        await using var vault = await TestKeyVault.StartAsync();
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", VaultProject.With(Workspace, vault, timestamps.Url, "<SignBuildMaxParallelism>4</SignBuildMaxParallelism>") + """
            <ItemGroup><SignBuildPackage Include="../many/*.nupkg" /></ItemGroup>
            """);
        Directory.CreateDirectory(Workspace["many"]);
        for (var number = 0; number < Packages; number++)
        {
            TestPackages.CreateUnsigned(Workspace["many"], $"Many.Package{number}");
        }

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual((1, 1, 1 + Packages + 1), VaultProject.Requests(vault));
        Assert.IsLessThanOrEqualTo(4, vault.MaximumInFlight);
        foreach (var path in Directory.GetFiles(Workspace["many"]))
        {
            var package = await SignedPackage.ReadAsync(path, Cancellation);
            Assert.AreEqual(SignedPackage.ByAuthor(package.Package, TestPki.Shared.CodeSigning.Fingerprint), package);
        }
    }
}
