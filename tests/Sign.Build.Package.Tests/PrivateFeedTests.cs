namespace Sign.Build.Package.Tests;

/// <summary>
/// From the author over the feed to the consumer, with the real tools: who has the generated nuget.config restores what author and
/// feed signed, and nothing else.
/// </summary>
[TestClass]
public sealed class PrivateFeedTests : PackageTest
{
    private const string ServiceIndex = "https://feed.example/v3/index.json";

    // Of the same authority as the author's certificate: what is trusted is a certificate, not who issued it.
    private static readonly Lazy<TestCertificate> RepositoryCertificate = new(() => TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning));
    private static readonly Lazy<TestCertificate> ForeignCertificate = new(() => TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning));

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public async Task Restore_WithTheGeneratedConfig_TakesWhatWasSignedAndNothingElse(bool byAuthor, bool byRepository)
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var package = await PackAsync(timestamps, byAuthor);
        await RunFeedAsync(timestamps, byAuthor, byRepository);
        await AddConsumersAsync(package, byRepository);

        var result = await Workspace.DotNetAsync(Workspace["consumers"], Cancellation, "restore", "All.slnx");

        Assert.AreEqual("Changed NU3008, Foreign NU3034, Unsigned NU3004", Errors(result), result.ToString());
        Assert.IsTrue(File.Exists(Workspace["caches", "Good", "lib", "1.2.3", ".nupkg.metadata"]), result.ToString());
        Assert.AreEqual(Expected(byAuthor, byRepository), await FeedSignatures.ReadAsync(package, Cancellation));
        await AssertDotNetSeesAsync(package, byAuthor, byRepository);
    }

    private async Task<string> PackAsync(TestTimestampServer timestamps, bool byAuthor)
    {
        var library = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning) + """
            <PropertyGroup><PackageOutputPath>../feed</PackageOutputPath></PropertyGroup>
            """);
        (await library.PackAsync(Cancellation, byAuthor ? [] : ["-p:SignBuildMode=Off"])).EnsureClean();
        return Workspace["feed", "Lib.1.2.3.nupkg"];
    }

    // What the operator of a feed has: a project that only runs targets.
    private async Task RunFeedAsync(TestTimestampServer timestamps, bool byAuthor, bool byRepository)
    {
        Workspace.Write("repository.pfx", RepositoryCertificate.Value.ExportPfx(TestSigning.Password));
        Workspace.Write("repository.cer", RepositoryCertificate.Value.ExportDer());
        var trusted = byRepository
            ? $"""<SignBuildTrustedRepository Include="feed" ServiceIndexUrl="{ServiceIndex}" Certificates="../repository.cer" Owners="alice;carol" AllowUntrustedRoot="true" />"""
            : $"""<SignBuildTrustedAuthor Include="author" Certificates="{TestPki.Shared.CodeSigning.Fingerprint}" AllowUntrustedRoot="true" />""";
        var feed = Workspace.AddProject("Feed", TestSigning.Settings(Workspace, timestamps.Url, $"""
            <SignBuildCertificatePath>../repository.pfx</SignBuildCertificatePath>
            <SignBuildPackages>../feed/*.nupkg</SignBuildPackages>
            <SignBuildServiceIndexUrl>{ServiceIndex}</SignBuildServiceIndexUrl>
            <SignBuildRepositoryOwners>alice;bob</SignBuildRepositoryOwners>
            <SignBuildNuGetConfigPath>../consumers/nuget.config</SignBuildNuGetConfigPath>
            """) + $"<ItemGroup>{trusted}</ItemGroup>");
        var targets = (byRepository ? "SignBuildRepositorySignPackages;" : "") + "SignBuildVerifyPackages;SignBuildWriteTrustedSigners";
        (await Workspace.DotNetAsync(feed.Folder, Cancellation, "build", feed.Path, "-t:" + targets)).EnsureClean();
        Assert.IsTrue(File.Exists(Path.Combine(feed.Folder, "obj", "sign-build", "verification.json")), "The feed has a report.");
        Assert.AreEqual(byAuthor ? "Author" : "Repository", (await SignedPackage.ReadAsync(Workspace["feed", "Lib.1.2.3.nupkg"], Cancellation)).Type);
    }

    private async Task AddConsumersAsync(string package, bool byRepository)
    {
        var good = await File.ReadAllBytesAsync(package, Cancellation);
        var changed = good.ToArray();
        changed[60] ^= 1;
        var unsigned = await SignedPackage.ReadUnsignedAsync(package, Cancellation);
        var signature = (byRepository ? TestSignatureOptions.Repository with { PackageOwners = ["alice"] } : new TestSignatureOptions()) with { Signer = ForeignCertificate.Value };
        AddConsumer("Good", good);
        AddConsumer("Changed", changed);
        AddConsumer("Unsigned", unsigned);
        AddConsumer("Foreign", TestSignedPackages.Insert(unsigned, TestSignature.Create(unsigned, signature)));
        Workspace.Write("consumers/All.slnx", """
            <Solution>
              <Project Path="Good/Good.csproj" />
              <Project Path="Changed/Changed.csproj" />
              <Project Path="Unsigned/Unsigned.csproj" />
              <Project Path="Foreign/Foreign.csproj" />
            </Solution>
            """);
    }

    // Caches of their own: what lies in a cache is not verified again.
    private void AddConsumer(string name, byte[] package)
    {
        Workspace.Write($"feeds/{name}/Lib.1.2.3.nupkg", package);
        Workspace.Write($"consumers/{name}/nuget.config", $"""
            <configuration><packageSources><clear /><add key="feed" value="../../feeds/{name}" /></packageSources></configuration>
            """);
        Workspace.Write($"consumers/{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestorePackagesPath>../../caches/{name}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Lib" Version="1.2.3" />
              </ItemGroup>
            </Project>
            """);
    }

    private async Task AssertDotNetSeesAsync(string package, bool byAuthor, bool byRepository)
    {
        var result = await Command.RunAsync("dotnet", ["nuget", "verify", package, "--verbosity", "detailed"], Workspace.Path, Workspace.Environment, Cancellation);

        Assert.AreEqual(byAuthor, result.Output.Contains("Signature type: Author", StringComparison.Ordinal), result.ToString());
        Assert.AreEqual(byRepository, result.Output.Contains("Signature type: Repository", StringComparison.Ordinal), result.ToString());
        Assert.AreEqual(byRepository, result.Output.Contains(ServiceIndex, StringComparison.Ordinal), result.ToString());
        Assert.AreEqual(byRepository, result.Output.Contains("alice, bob", StringComparison.Ordinal), result.ToString());
    }

    private static FeedSignatures Expected(bool byAuthor, bool byRepository) => new(
        byAuthor ? "Author" : "Repository",
        byAuthor && byRepository ? "Repository" : "",
        byRepository ? RepositoryCertificate.Value.Fingerprint : "",
        byRepository ? ServiceIndex : "",
        byRepository ? "alice bob" : "",
        byRepository ? 1 : 0);

    // Where a package is refused, NuGet also says of the tests' authorities that the SDK does not know them.
    private static string Errors(BuildResult result) => string.Join(", ", result.Diagnostics
        .Where(diagnostic => diagnostic.Level == "error" && diagnostic.Code is not ("NU3018" or "NU3028"))
        .Select(diagnostic => $"{Path.GetFileNameWithoutExtension(diagnostic.File)} {diagnostic.Code}")
        .Distinct().Order(StringComparer.Ordinal));
}
