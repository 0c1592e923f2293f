using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Chains;

/// <summary>
/// The platform decodes an extension when it is first asked for, and shows an empty one to others meanwhile. A certificate that
/// several packages share must not be caught in that.
/// </summary>
[TestClass]
public sealed class CertificateDecoderSharingTests
{
    private const int Certificates = 3000;
    private const int Readers = 4;

    [TestMethod]
    public void Decode_WhenManyReadOneCertificateAtOnce_AllReadTheSame()
    {
        var decoders = Enumerable.Range(0, Certificates).Select(_ => new CertificateDecoder()).ToArray();
        using var together = new Barrier(Readers);
        var usages = new int[Readers][];
        var threads = Enumerable.Range(0, Readers).Select(reader => new Thread(() => usages[reader] = Read(decoders, together))).ToList();

        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Assert.AreEqual(0, usages.Sum(counts => counts.Count(static count => count != 1)));
    }

    private static int[] Read(CertificateDecoder[] decoders, Barrier together)
    {
        var der = TestPki.Shared.Timestamping.Certificate.RawDataMemory;
        var counts = new int[decoders.Length];
        for (var index = 0; index < decoders.Length; index++)
        {
            var certificate = decoders[index].Decode(der)!;
            together.SignalAndWait();
            counts[index] = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Count;
        }

        return counts;
    }
}
