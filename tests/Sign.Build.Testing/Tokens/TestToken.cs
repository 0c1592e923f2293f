using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>
/// A SoftHSM token in a folder of its own, with one RSA key. Its drivers are configured with environment variables that
/// native code reads, so whatever uses it must be a child process that is started with <see cref="Environment"/>.
/// </summary>
public sealed class TestToken : IDisposable
{
    /// <summary>The PIN, unlike anything else that is printed.</summary>
    public const string Pin = "7294-pin-Qx";

    /// <summary>Name of the token.</summary>
    public const string Label = "sign-build";

    /// <summary>Name of the key.</summary>
    public const string KeyLabel = "signer";

    private static readonly string[] ModulePaths =
    [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so",
        "/usr/local/lib/softhsm/libsofthsm2.so",
        "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    ];

    private static readonly string[] LibraryFolders = ["/usr/lib", "/usr/lib64"];

    private static readonly string[] SpyPaths =
    [
        "/usr/lib/x86_64-linux-gnu/pkcs11-spy.so",
        "/usr/lib/aarch64-linux-gnu/pkcs11-spy.so",
        "/usr/lib64/pkcs11-spy.so",
    ];

    private readonly TemporaryDirectory _directory = new();

    private TestToken(TestCertificate signer)
    {
        Signer = signer;
    }

    /// <summary>The token's driver, or null where SoftHSM is not installed.</summary>
    public static string? Module { get; } = Array.Find(ModulePaths, File.Exists);

    /// <summary>A driver that passes everything on and keeps a record (OpenSC's pkcs11-spy), or null.</summary>
    public static string? Spy { get; } = Array.Find(SpyPaths, File.Exists);

    /// <summary>Name of a key whose every use asks for the PIN again, as smart cards do; made by <see cref="AddAlwaysAuthenticateKeyAsync"/>.</summary>
    public const string AlwaysAuthenticateLabel = "always";

    /// <summary>Whether there is OpenSSL's PKCS#11 engine.</summary>
    public static bool HasEngine { get; } = HasOpenSslPart("engines-", "OPENSSL_ENGINES");

    /// <summary>Whether there is OpenSSL's PKCS#11 provider.</summary>
    public static bool HasProvider { get; } = HasOpenSslPart("ossl-modules", "OPENSSL_MODULES");

    /// <summary>The certificate of the key.</summary>
    public TestCertificate Signer { get; }

    /// <summary>PEM with the certificate and its issuers, without the key.</summary>
    public string CertificatePath => _directory["signer.pem"];

    /// <summary>The key, as <c>SignBuildPkcs11Key</c> takes it.</summary>
    public static string Uri => $"pkcs11:token={Label};object={KeyLabel}";

    /// <summary>What a process needs to find the token: SoftHSM's configuration and the driver for OpenSSL.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["SOFTHSM2_CONF"] = _directory["softhsm2.conf"],
        ["PKCS11_MODULE_PATH"] = Module!,
        ["PKCS11_PROVIDER_MODULE"] = Module!,
    };

    /// <summary>Where the spy writes when <see cref="SpyEnvironment"/> is used.</summary>
    public string SpyRecord => _directory["spy.log"];

    /// <summary>As <see cref="Environment"/>, with the spy between.</summary>
    public IReadOnlyDictionary<string, string> SpyEnvironment => new Dictionary<string, string>(Environment)
    {
        ["PKCS11_MODULE_PATH"] = Spy!,
        ["PKCS11_PROVIDER_MODULE"] = Spy!,
        ["PKCS11SPY"] = Module!,
        ["PKCS11SPY_OUTPUT"] = SpyRecord,
    };

    /// <summary>Makes the token with the key of <paramref name="signer"/>.</summary>
    public static async Task<TestToken> CreateAsync(TestCertificate signer)
    {
        var token = new TestToken(signer);
        Directory.CreateDirectory(token._directory["tokens"]);
        await File.WriteAllTextAsync(token._directory["softhsm2.conf"], $"directories.tokendir = {token._directory["tokens"]}\nobjectstore.backend = file\nlog.level = ERROR\n");
        await File.WriteAllTextAsync(token._directory["key.pem"], signer.ExportKeyPem());
        await File.WriteAllTextAsync(token.CertificatePath, signer.ExportChainPem());
        await token.RunAsync("softhsm2-util", "--init-token", "--free", "--label", Label, "--pin", Pin, "--so-pin", "4711-so");
        await token.RunAsync("softhsm2-util", "--import", token._directory["key.pem"], "--token", Label, "--label", KeyLabel, "--id", "01", "--pin", Pin);
        return token;
    }

    /// <summary>Puts the key in once more, with CKA_ALWAYS_AUTHENTICATE. Needs OpenSC's pkcs11-tool.</summary>
    public async Task AddAlwaysAuthenticateKeyAsync()
    {
        using (var key = Signer.Certificate.GetRSAPrivateKey()!)
        {
            await File.WriteAllBytesAsync(_directory["key.der"], key.ExportRSAPrivateKey());
        }

        await RunAsync("pkcs11-tool", "--module", Module!, "--login", "--pin", Pin, "--token-label", Label, "--write-object", _directory["key.der"],
            "--type", "privkey", "--label", AlwaysAuthenticateLabel, "--id", "02", "--always-auth", "--usage-sign");
    }

    public void Dispose() => _directory.Dispose();

    private static bool HasOpenSslPart(string folder, string variable)
    {
        var search = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true };
        return File.Exists(Path.Combine(System.Environment.GetEnvironmentVariable(variable) ?? "", "pkcs11.so"))
            || LibraryFolders.Where(Directory.Exists).SelectMany(path => Directory.EnumerateFiles(path, "pkcs11.so", search))
                .Any(path => path.Contains(folder, StringComparison.Ordinal));
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await output}{await errors}");
        }
    }
}
