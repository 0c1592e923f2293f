namespace Sign.Build.Package.Tests;

/// <summary><c>SignBuildPreflight</c>: what would stop the signing is known before anything is compiled.</summary>
[TestClass]
public sealed class PreflightTests : PackageTest
{
    [TestMethod]
    public async Task Preflight_WhenItRunsAlone_SaysWhoWouldSignAndMakesNothing()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await PreflightAsync(project);

        result.EnsureClean();
        Assert.Contains("Ready to sign as ", result.Output);
        Assert.AreEqual(1, timestamps.RequestCount);
        Assert.IsFalse(IsCompiled(project));
    }

    [TestMethod]
    public async Task Preflight_WhenSeveralThingsAreWrong_NamesAllOfThem()
    {
        await using var timestamps = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        using var expired = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with
        {
            NotBefore = DateTimeOffset.UtcNow.AddDays(-30),
            NotAfter = DateTimeOffset.UtcNow.AddDays(-1),
        });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, expired));

        var result = await PreflightAsync(project);

        Assert.AreEqual((1, "SGN4001 SGN5009"), (result.ExitCode, result.Errors), result.ToString());
    }

    [TestMethod]
    public async Task Pack_WhenSigningWouldFail_NothingIsCompiled()
    {
        await using var timestamps = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN4001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.IsFalse(IsCompiled(project));
    }

    [TestMethod]
    public async Task Pack_WhenSigningWouldFail_NothingThatItRefersToIsCompiled()
    {
        await using var timestamps = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        var library = Workspace.AddPlainProject("Lib");
        var project = Workspace.AddProject("Tool", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning)
            + $"""<ItemGroup><ProjectReference Include="{library.Path}" /></ItemGroup>""");

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN4001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.IsFalse(IsCompiled(library));
        Assert.IsFalse(IsCompiled(project));
    }

    [TestMethod]
    public async Task Pack_WhenSigningWouldFailForSeveralTargets_NothingIsCompiled()
    {
        await using var timestamps = await TestTimestampServer.StartAsync(new TestTimestampOptions { Status = 2 });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning) + """
            <PropertyGroup>
              <TargetFramework></TargetFramework>
              <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
              <EnableWindowsTargeting>true</EnableWindowsTargeting>
              <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            </PropertyGroup>
            """);

        var result = await project.PackAsync(Cancellation);

        Assert.AreEqual((1, "SGN4001"), (result.ExitCode, result.Errors), result.ToString());
        Assert.IsFalse(IsCompiled(project));
    }

    [TestMethod]
    public async Task Pack_WhenSigningWouldFailAndNothingIsCompiled_LeavesTheEarlierPackageAlone()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));
        (await project.PackAsync(Cancellation)).EnsureClean();
        var earlier = await File.ReadAllBytesAsync(project.PackagePath, Cancellation);

        var result = await project.PackAsync(Cancellation, "--no-build", "-p:SignBuildTimestampUrl=http://127.0.0.1:9/");

        Assert.AreEqual((1, "SGN4001"), (result.ExitCode, result.Errors), result.ToString());
        CollectionAssert.AreEqual(earlier, await File.ReadAllBytesAsync(project.PackagePath, Cancellation));
    }

    // On one node, because every node is a process that checks for itself.
    [TestMethod]
    public async Task Pack_WhenProjectsOfASolutionSignAlike_ThePreflightRunsAndWarnsOnce()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var soon = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with
        {
            NotAfter = DateTimeOffset.UtcNow.AddDays(10),
        });
        var body = TestSigning.WithPfx(Workspace, timestamps, soon);
        TestProject[] projects = [Workspace.AddProject("One", body), Workspace.AddProject("Two", body), Workspace.AddProject("Three", body)];
        var solution = Workspace.AddSolution("All", projects);

        var result = await Workspace.DotNetAsync(Workspace.Path, Cancellation, "pack", solution, "-m:1");

        Assert.AreEqual((0, "", "SGN2010"), (result.ExitCode, result.Errors, result.Warnings), result.ToString());
        Assert.AreEqual(projects.Length + 1, timestamps.RequestCount);
        foreach (var project in projects)
        {
            Assert.AreEqual(SignedPackage.ByAuthor(project.Name + " 1.2.3", soon.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        }
    }

    [TestMethod]
    public async Task Pack_WhenNoWarningAboutExpiryIsWanted_ThereIsNone()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        using var soon = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with { NotAfter = DateTimeOffset.UtcNow.AddDays(10) });
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, soon));

        var result = await project.PackAsync(Cancellation, "-p:SignBuildCertificateExpiryWarningDays=0");

        result.EnsureClean();
    }

    [TestMethod]
    public async Task Pack_WhenThePreflightIsOff_AsksForTheTimestampOfThePackageAlone()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await project.PackAsync(Cancellation, "-p:SignBuildPreflight=false");

        result.EnsureClean();
        Assert.AreEqual(1, timestamps.RequestCount);
    }

    private Task<BuildResult> PreflightAsync(TestProject project) =>
        Workspace.DotNetAsync(project.Folder, Cancellation, "msbuild", project.Path, "-restore", "-t:SignBuildPreflight");

    private static bool IsCompiled(TestProject project) =>
        Directory.GetFiles(project.Folder, project.Name + ".dll", SearchOption.AllDirectories).Length > 0;
}
