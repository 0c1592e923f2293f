using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Package.Tests;

[TestClass]
public sealed class HashAlgorithmTests : PackageTest
{
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";
    private const string Sha512 = "2.16.840.1.101.3.4.2.3";

    [TestMethod]
    public async Task Pack_WhenHashAlgorithmsAreChosen_SignatureAndTimestampUseThem()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));

        var result = await project.PackAsync(Cancellation, "-p:SignBuildHashAlgorithm=SHA512", "-p:SignBuildTimestampHashAlgorithm=sha384");

        result.EnsureClean();
        var cms = new SignedCms();
        cms.Decode(await SignedPackage.ReadSignatureAsync(project.PackagePath, Cancellation));
        var signer = cms.SignerInfos[0];
        var token = signer.UnsignedAttributes.Cast<System.Security.Cryptography.CryptographicAttributeObject>()
            .Single(attribute => attribute.Oid.Value == Oids.TimestampToken).Values[0].RawData;
        Assert.IsTrue(Rfc3161TimestampToken.TryDecode(token, out var timestamp, out _));
        Assert.AreEqual((Sha512, Sha384), (signer.DigestAlgorithm.Value, timestamp.TokenInfo.HashAlgorithmId.Value));
        Assert.Contains("SHA512-Hash:", System.Text.Encoding.UTF8.GetString(cms.ContentInfo.Content).Replace("2.16.840.1.101.3.4.2.3-Hash:", "SHA512-Hash:", StringComparison.Ordinal));
    }
}
