using System.Security.Cryptography.Pkcs;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class TrustedSignerForgeryTests
{
    private static readonly Uri ServiceIndex = new("https://feed.example/v3/index.json");
    private static readonly TestSignatureOptions Countersigned = new() { Countersignatures = [TestSignatureOptions.Repository] };

    [TestMethod]
    [DataRow(false, "")]
    [DataRow(true, "SGN5030/NU3034")]
    public async Task VerifyAsync_WhenRepositoryIsTrusted_TrustsOnlyWhatItSigned(bool isForged, string expected)
    {
        using var directory = new TemporaryDirectory();
        var path = await Verify.SignAsync(directory, Countersigned, edit: isForged ? WithForgedCountersignature : null);

        var verification = await Verify.FileAsync(path, Trusting(new TrustedSigner("feed", [await RepositoryFingerprintAsync()], ServiceIndex, [], false)));

        Assert.AreEqual(expected, verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    [TestMethod]
    public async Task VerifyAsync_WhenUnsignedAndSignersAreTrusted_Rejects()
    {
        using var directory = new TemporaryDirectory();
        var path = TestPackages.CreateUnsigned(directory.Path, "Unsigned");
        var policy = Trusting(new TrustedSigner("ann", [new string('a', 64)], null, [], false)) with { Owners = [new RegisteredOwner("ann", [])] };

        var verification = await Verify.FileAsync(path, policy);

        Assert.AreEqual("SGN5001/NU3004", verification.Findings.Codes(), string.Join('\n', verification.Findings));
    }

    // The certificate of a repository is public; whoever copies it into a signature has not signed with its key.
    private static byte[] WithForgedCountersignature(byte[] signature)
    {
        var value = Decode(signature).SignerInfos[0].CounterSignerInfos[0].GetSignature();
        signature[signature.AsSpan().IndexOf(value) + 100] ^= 1;
        return signature;
    }

    private static async Task<string> RepositoryFingerprintAsync()
    {
        var verification = await Verify.SignatureAsync(Countersigned);
        return Fingerprint.Sha256(verification.Package!.Signature!.Countersignatures.Single().Certificate!);
    }

    private static SignedCms Decode(byte[] signature)
    {
        var cms = new SignedCms();
        cms.Decode(signature);
        return cms;
    }

    private static VerificationPolicy Trusting(TrustedSigner signer) => VerificationPolicy.NuGetOrg with { TrustedSigners = [signer] };
}
