using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class FileIdentitySourceMutationTests
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    [TestMethod]
    [DataRow("pfx", 1)]
    [DataRow("pem", 2)]
    [DataRow("der", 3)]
    public async Task AcquireAsync_WhenFileIsDamagedAnywhere_SaysSoOrReadsIt(string form, int seed)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["key.pem"], Signer.ExportKeyPem());
        var original = form switch
        {
            "pfx" => Signer.ExportPfx(),
            "pem" => System.Text.Encoding.ASCII.GetBytes(Signer.ExportChainPem() + Signer.ExportKeyPem()),
            _ => Signer.ExportDer(),
        };
        var source = new FileIdentitySource(new CertificateSettings
        {
            Path = directory["signer"],
            KeyPath = form == "der" ? directory["key.pem"] : null,
            PasswordVariable = Acquisition.UnsetVariable(),
        });
        var random = new Random(seed);

        for (var round = 0; round < 300; round++)
        {
            await File.WriteAllBytesAsync(directory["signer"], Damage(original, random));
            try
            {
                using var identity = await source.AcquireAsync(CancellationToken.None);
            }
            catch (SignBuildException exception)
            {
                StringAssert.Matches(exception.Diagnostic.Code, new("^SGN(200[1-4]|5007)$"), $"round {round}");
            }
        }
    }

    [TestMethod]
    public async Task AcquireAsync_WhenTextHasBlocksWithoutEnd_GivesUpBeforeSearchingForThem()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["signer"], string.Concat(Enumerable.Repeat("-----BEGIN CERTIFICATE-----\n", 100_000)));

        var diagnostic = await Acquisition.FailAsync(new FileIdentitySource(new CertificateSettings { Path = directory["signer"] }));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, "more than 2000 PEM blocks");
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var damaged = original.ToArray();
        switch (random.Next(3))
        {
            case 0:
                return damaged[..random.Next(damaged.Length)];
            case 1:
                var start = random.Next(damaged.Length);
                random.NextBytes(damaged.AsSpan(start, Math.Min(random.Next(1, 32), damaged.Length - start)));
                return damaged;
            default:
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return damaged;
        }
    }
}
