using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

/// <summary>What the tests of chains have in common.</summary>
internal static class ChainFixture
{
    public static ChainBuilder Builder(IReadOnlyList<X509Certificate2> roots, RevocationMode mode = RevocationMode.NoCheck) =>
        new(TrustAnchors.Only(roots), mode, TimeProvider.System);

    public static ChainBuilder Builder(TestCertificateAuthority root, RevocationMode mode = RevocationMode.NoCheck) =>
        Builder([root.Certificate], mode);

    /// <summary>Kinds and the subjects that they are about, in order, to be compared as text.</summary>
    public static string Problems(CertificateChain chain) =>
        string.Join("; ", chain.Problems.Select(problem => $"{problem.Kind} {chain.Certificates.ToList().FindIndex(certificate => ReferenceEquals(certificate, problem.Certificate))}"));

    public static string[] Fingerprints(IEnumerable<X509Certificate2> certificates) =>
        [.. certificates.Select(Core.Certificates.Fingerprint.Sha256)];
}
