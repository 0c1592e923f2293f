using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Package.Tests;

/// <summary>OpenSSL, which shares no code with NuGet or .NET, on what a real pack made.</summary>
[TestClass]
public sealed class SignatureOracleTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenOpenSslReadsSignatureAndTimestamp_BothAreValid()
    {
        if (!OpenSsl.IsAvailable)
        {
            Assert.Inconclusive("OpenSSL is not on the PATH.");
        }

        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));
        (await project.PackAsync(Cancellation)).EnsureClean();
        var signature = await SignedPackage.ReadSignatureAsync(project.PackagePath, Cancellation);

        var cms = await OpenSsl.VerifyCmsAsync(signature, [TestPki.Shared.CodeSigning.Root]);
        var signer = Decode(signature).SignerInfos[0];
        var token = signer.UnsignedAttributes.Cast<System.Security.Cryptography.CryptographicAttributeObject>()
            .Single(attribute => attribute.Oid.Value == Oids.TimestampToken).Values[0].RawData;
        var timestamp = await OpenSsl.VerifyTimestampAsync(token, signer.GetSignature(), [TestPki.Shared.Timestamping.Root]);

        Assert.IsTrue(cms.Succeeded, cms.Output);
        Assert.IsTrue(timestamp.Succeeded, timestamp.Output);
    }

    private static SignedCms Decode(byte[] signature)
    {
        var cms = new SignedCms();
        cms.Decode(signature);
        return cms;
    }
}
