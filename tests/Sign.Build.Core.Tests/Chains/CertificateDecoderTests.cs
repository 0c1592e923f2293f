using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class CertificateDecoderTests
{
    [TestMethod]
    public void Decode_WhenTheBytesAreKnown_GivesTheSameObject()
    {
        var decoder = new CertificateDecoder();
        var first = decoder.Decode(TestPki.Shared.CodeSigning.Certificate.RawData);

        var again = decoder.Decode(TestPki.Shared.CodeSigning.Certificate.RawData);
        var another = decoder.Decode(TestPki.Shared.Timestamping.Certificate.RawData);

        Assert.AreSame(first, again);
        CollectionAssert.AreEqual(TestPki.Shared.Timestamping.Certificate.RawData, another!.RawData);
    }

    [TestMethod]
    public void Decode_WhenItIsNoCertificate_Throws() =>
        Assert.Throws<CryptographicException>(() => new CertificateDecoder().Decode(new byte[] { 0x30, 0x00 }));

    [TestMethod]
    public void Decode_WhenAFieldIsMalformed_GivesNothing()
    {
        var bytes = TestPki.Shared.CodeSigning.Certificate.RawData;
        bytes[bytes.AsSpan().IndexOf("\u0017\r"u8) + 2] = (byte)'x';

        Assert.IsNull(new CertificateDecoder().Decode(bytes));
    }
    // RFC 5280, 4.2.2.1: no rule depends on it, and chains are built without it.
    [TestMethod]
    public void Decode_WhenOnlyTheAddressesOfTheAuthorityAreMalformed_GivesTheCertificate()
    {
        using var certificate = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning with
        {
            OtherExtensions = [new X509Extension("1.3.6.1.5.5.7.1.1", [0x30, 0x05, 0x01], critical: false)],
        });

        Assert.IsNotNull(new CertificateDecoder().Decode(certificate.Certificate.RawData));
    }
}
