using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class MalformedCertificateTests
{
    // The platform reads a certificate's times only when somebody asks, and throws then.
    [TestMethod]
    public async Task VerifyAsync_WhenTimesOfTheSignersCertificateAreMalformed_Rejects()
    {
        using var directory = new TemporaryDirectory();
        var original = TestSignedPackages.CreateBytes();
        var leaf = TestPki.Shared.CodeSigning.Certificate.RawData;
        var validity = original.AsSpan().IndexOf(leaf) + leaf.AsSpan().IndexOf("\u0017\r"u8);
        using var chains = Verify.Chains();
        var verifier = new PackageVerifier(VerificationPolicy.NuGetOrg, chains, TimeProvider.System);
        for (var bit = 0; bit < 30 * 8; bit++)
        {
            byte[] mutated = [.. original];
            mutated[validity + (bit / 8)] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(directory["package.nupkg"], mutated);

            var verification = await verifier.VerifyAsync(directory["package.nupkg"], CancellationToken.None);

            Assert.IsFalse(verification.IsAccepted, $"bit {bit}");
        }
    }

    // NuGet reads the others, too, while it looks for the signer's.
    [TestMethod]
    public async Task VerifyAsync_WhenAnotherCertificateIsMalformed_Rejects()
    {
        using var directory = new TemporaryDirectory();
        var package = TestSignedPackages.CreateBytes();
        var issuer = TestPki.Shared.CodeSigning.Root.RawData;
        var keyIdentifier = issuer.AsSpan().IndexOf("U\u001D\u000E"u8);
        package[package.AsSpan().IndexOf(issuer) + keyIdentifier + 5] ^= 2;
        await File.WriteAllBytesAsync(directory["package.nupkg"], package);

        var verification = await Verify.FileAsync(directory["package.nupkg"]);

        Assert.AreEqual("SGN5006/NU3003", verification.Findings.Codes(), string.Join('\n', verification.Findings));
        StringAssert.Contains(verification.Findings[0].Message, "a certificate in it is malformed");
    }

    [TestMethod]
    public void Inspect_WhenTimesOfTheAuthoritysCertificateAreMalformed_FindsADefect()
    {
        var token = TestTimestampToken.Create([1, 2, 3], new()).Encode();
        var leaf = TestPki.Shared.Timestamping.Certificate.RawData;
        token[token.AsSpan().IndexOf(leaf) + leaf.AsSpan().IndexOf("\u0017\r"u8) + 2] = (byte)'x';

        var timestamp = TimestampInspector.Inspect(token);

        Assert.AreEqual("NU3020 the certificate of the timestamp authority is not in it, or cannot be read", string.Join('\n', timestamp.Defects.Select(defect => $"{defect.NuGetCode} {defect.Reason}")));
        Assert.IsNull(timestamp.Certificate);
    }
}
