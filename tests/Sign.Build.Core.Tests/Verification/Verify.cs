using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

/// <summary>Makes a package with one thing about it, and holds it to the rules.</summary>
internal static class Verify
{
    /// <summary>Signs a small package as the options say and verifies it.</summary>
    public static async Task<PackageVerification> SignatureAsync(TestSignatureOptions options, VerificationPolicy? policy = null, TrustAnchors? anchors = null, TimeProvider? clock = null)
    {
        using var directory = new TemporaryDirectory();
        return await FileAsync(await SignAsync(directory, options), policy, anchors, clock);
    }

    /// <summary>Verifies a file.</summary>
    public static async Task<PackageVerification> FileAsync(string path, VerificationPolicy? policy = null, TrustAnchors? anchors = null, TimeProvider? clock = null, ISecondOpinion? secondOpinion = null, bool withContentHash = false)
    {
        using var chains = Chains(anchors, clock);
        return await new PackageVerifier(policy ?? VerificationPolicy.NuGetOrg, chains, clock ?? TimeProvider.System, secondOpinion) { WithContentHash = withContentHash }
            .VerifyAsync(path, CancellationToken.None);
    }

    /// <summary>Writes a signed package and returns its path.</summary>
    public static async Task<string> SignAsync(TemporaryDirectory directory, TestSignatureOptions options, TestPackageOptions? package = null, Func<byte[], byte[]>? edit = null)
    {
        var unsigned = TestPackages.CreateUnsigned(directory.Path, "Unsigned", options: package);
        var path = directory["Signed.nupkg"];
        using var archive = PackageArchive.Open(unsigned);
        using var destination = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var signature = TestSignature.Create(await File.ReadAllBytesAsync(unsigned), options);
        await archive.WriteSignedAsync(destination, edit?.Invoke(signature) ?? signature, DateTimeOffset.UtcNow, CancellationToken.None);
        return path;
    }

    /// <summary>Chains that end in the roots of the shared PKI.</summary>
    public static ChainBuilder Chains(TrustAnchors? anchors = null, TimeProvider? clock = null) =>
        new(anchors ?? TrustAnchors.Only(TestPki.Shared.Roots), RevocationMode.NoCheck, clock ?? TimeProvider.System);

    /// <summary>The roots of the shared PKI and another one.</summary>
    public static TrustAnchors TrustAlso(X509Certificate2 root) => TrustAnchors.Only([.. TestPki.Shared.Roots, root]);

    /// <summary>The codes of all findings, with NuGet's where one is given: <c>SGN5006/NU3011</c>.</summary>
    public static string Codes(this IEnumerable<Diagnostic> findings) => string.Join(' ', findings.Select(finding =>
    {
        var start = finding.Message.IndexOf("(NU3", StringComparison.Ordinal);
        return start < 0 ? finding.Code : $"{finding.Code}/{finding.Message.Substring(start + 1, 6)}";
    }));
}
