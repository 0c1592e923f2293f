using System.Security.Cryptography;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Tests.Certificates;

/// <summary>What tests of identity sources ask again and again.</summary>
internal static class Acquisition
{
    /// <summary>The diagnostic that acquiring ends with.</summary>
    public static async Task<Diagnostic> FailAsync(ISigningIdentitySource source) =>
        (await Assert.ThrowsExactlyAsync<SignBuildException>(async () => await source.AcquireAsync(CancellationToken.None))).Diagnostic;

    /// <summary>Whether the identity's key makes signatures that its certificate verifies.</summary>
    public static bool Signs(SigningIdentity identity)
    {
        var digest = SHA256.HashData("content"u8);
        var signature = identity.PrivateKey.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var publicKey = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPublicKey(identity.Certificate)!;
        return publicKey.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>An environment variable of one test's own.</summary>
    public static string SetVariable(string value)
    {
        var name = "SIGNBUILD_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, value);
        return name;
    }

    /// <summary>The name of an environment variable that does not exist.</summary>
    public static string UnsetVariable() => "SIGNBUILD_TEST_" + Guid.NewGuid().ToString("N");
}
