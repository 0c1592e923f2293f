using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

[TestClass]
public sealed class CertificateNamesTests
{
    [TestMethod]
    public void ReadSubject_ForACertificate_GivesItsRawSubject()
    {
        var certificate = TestPki.Shared.CodeSigning.Certificate;

        CollectionAssert.AreEqual(certificate.SubjectName.RawData, CertificateNames.ReadSubject(certificate.RawDataMemory).ToArray());
    }

    [TestMethod]
    public void Find_WhenNamesDifferOnlyInStringTypeAndCase_FindsTheName()
    {
        var utf8 = Name(UniversalTagNumber.UTF8String, "Test  Root");
        var printable = Name(UniversalTagNumber.PrintableString, "test root");

        Assert.AreEqual(1, CertificateNames.Find([printable], utf8, name => name).Count);
    }

    [TestMethod]
    public void Find_WhenOneNameIsEqual_LeavesOutTheSimilarOne()
    {
        var utf8 = Name(UniversalTagNumber.UTF8String, "Test Root");
        var printable = Name(UniversalTagNumber.PrintableString, "Test Root");

        var found = CertificateNames.Find([printable, utf8], utf8, name => name);

        Assert.AreEqual(utf8, found.Single());
    }

    [TestMethod]
    public void Find_WhenNamesDiffer_FindsNothing()
    {
        Assert.AreEqual(0, CertificateNames.Find([Name(UniversalTagNumber.UTF8String, "a")], Name(UniversalTagNumber.UTF8String, "b"), name => name).Count);
    }

    [TestMethod]
    public void Find_WhenNameIsGarbage_FindsNothing()
    {
        Assert.AreEqual(0, CertificateNames.Find<ReadOnlyMemory<byte>>([new byte[] { 0x30, 0x05 }], new byte[] { 0x31 }, name => name).Count);
    }

    private static ReadOnlyMemory<byte> Name(UniversalTagNumber type, string commonName)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(type, commonName);
        }

        return new X500DistinguishedName(writer.Encode()).RawData;
    }
}
