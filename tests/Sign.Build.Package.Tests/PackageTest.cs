using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Package.Tests;

/// <summary>
/// What every package test has: a workspace of its own outside the repository, and its logs in artifacts/test-logs when it fails.
/// </summary>
[TestClass]
public abstract class PackageTest
{
    /// <summary>Signs without certificate and network.</summary>
    protected const string DevelopmentMode = "<PropertyGroup><SignBuildMode>Development</SignBuildMode></PropertyGroup>";

    private static readonly Lazy<TestSession> SharedSession = new(() => new TestSession(PackedSignBuild.From(typeof(PackageTest).Assembly)));

    public required TestContext TestContext { get; set; }

    protected static TestSession Session => SharedSession.Value;

    protected TestWorkspace Workspace { get; private set; } = null!;

    protected CancellationToken Cancellation => TestContext.CancellationToken;

    /// <summary>The name of the folder that the workspace is.</summary>
    protected virtual string WorkspaceName => "w";

    /// <summary>SHA-256 of the development certificate of this run's home folder. It is there after the first build in Development mode.</summary>
    protected static string DevelopmentFingerprint => DevelopmentFingerprintIn(Session.Home);

    [TestInitialize]
    public void CreateWorkspace() => Workspace = new TestWorkspace(Session, WorkspaceName);

    [TestCleanup]
    public void CloseWorkspace()
    {
        if (TestContext.CurrentTestOutcome == UnitTestOutcome.Failed)
        {
            var name = GetType().Name + "." + TestContext.TestName;
            Workspace.KeepLogs(Path.Combine(Session.Package.LogDirectory, name));
            TestContext.WriteLine("Logs: artifacts/test-logs/" + name);
        }

        Workspace.Dispose();
    }

    /// <summary>SHA-256 of the development certificate below a home folder.</summary>
    protected static string DevelopmentFingerprintIn(string home)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(Directory.GetFiles(home, "authority.pem", SearchOption.AllDirectories).Single());
        return certificates.Single(certificate => certificate.Subject.Contains("Code Signing", StringComparison.Ordinal))
            .GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant();
    }

    /// <summary>The package is signed by the development certificate, with a timestamp, and intact.</summary>
    protected async Task AssertSignedByDevelopmentAsync(string path, string package) =>
        Assert.AreEqual(SignedPackage.ByAuthor(package, DevelopmentFingerprint), await SignedPackage.ReadAsync(path, Cancellation));

    internal static void EndSession()
    {
        if (SharedSession.IsValueCreated)
        {
            SharedSession.Value.Dispose();
        }
    }
}
