using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class KeyVaultMalformedCertificateTests(TestContext context)
{
    private static byte[] Good => TestPki.Shared.CodeSigning.Certificate.RawData;

    public static IEnumerable<(string Name, byte[] RawData, string Sentence)> Contents =>
    [
        ("bytes", "hello"u8.ToArray(), "what it calls the certificate (5 bytes) is not one."),
        ("half", Good[..100], "what it calls the certificate (100 bytes) is not one."),
        ("messages", new X509Certificate2Collection(TestPki.Shared.CodeSigning.Certificate).Export(X509ContentType.Pkcs7)!, " is not one."),
        ("times", Changed("\u0017\r"u8, 2, (byte)'x'), Malformed(Changed("\u0017\r"u8, 2, (byte)'x'))),
        ("key", Changed([0x02, 0x82, 0x01, 0x01, 0x00], 0, 0x03), Malformed(Changed([0x02, 0x82, 0x01, 0x01, 0x00], 0, 0x03))),
    ];

    [TestMethod]
    [DynamicData(nameof(Contents))]
    public async Task AcquireAsync_WhenCertificateIsMalformed_SaysWhatTheVaultGave(string name, byte[] rawData, string sentence)
    {
        await using var fixture = await VaultFixture.StartAsync();
        fixture.Certificate.RawData = rawData;
        fixture.Certificate.Expires = fixture.Clock.GetUtcNow().AddDays(-1);

        var diagnostic = await fixture.AcquireFailsAsync(context.CancellationToken);

        Assert.AreEqual("SGN2007", diagnostic.Code, name);
        StringAssert.Contains(diagnostic.Message, sentence);
    }

    [TestMethod]
    public async Task AcquireAsync_WhenPartsOfTheCertificateAreRearranged_GivesItOrACode()
    {
        await using var fixture = await VaultFixture.StartAsync();
        var mutator = new SignatureMutator(Good, seed: 5);
        for (var number = 0; number < 60; number++)
        {
            fixture.Certificate.RawData = mutator.Create(number).Bytes;
            try
            {
                using var identity = await fixture.CreateSource().AcquireAsync(context.CancellationToken);

                Assert.AreSequenceEqual(fixture.Certificate.RawData, identity.Certificate.RawData);
            }
            catch (SignBuildException exception)
            {
                StringAssert.StartsWith(exception.Diagnostic.Code, "SGN2", $"change {number}");
            }
        }
    }

    private static string Malformed(byte[] rawData) =>
        $"the certificate that it gives ({rawData.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(rawData))}) has malformed times, names or key.";

    private static byte[] Changed(ReadOnlySpan<byte> place, int offset, byte value)
    {
        var result = Good;
        result[result.AsSpan().IndexOf(place) + offset] = value;
        return result;
    }
}
