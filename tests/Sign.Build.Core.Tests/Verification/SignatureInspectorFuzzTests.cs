using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class SignatureInspectorFuzzTests
{
    // Decoders of the platform must not surprise with an exception that nobody expected.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Inspect_WhenBytesAreMutated_NeverThrows(int seed)
    {
        var original = TestSignature.Create(TestPackages.CreateUnsignedBytes(), new() { Countersignatures = [TestSignatureOptions.Repository] });
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var mutated = Mutate(original, random);

            var (signature, defect) = SignatureInspector.Inspect(mutated);

            Assert.IsTrue(signature is not null || defect is not null);
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var at = random.Next(original.Length);
        switch (random.Next(4))
        {
            case 0:
                return original[..at];
            case 1:
                return [.. original[..at], (byte)random.Next(256), .. original[at..]];
            case 2:
                return [.. original[..at], .. original[Math.Min(original.Length, at + random.Next(1, 8))..]];
            default:
                byte[] mutated = [.. original];
                mutated[at] ^= (byte)(1 << random.Next(8));
                return mutated;
        }
    }
}
