using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Rigs;

[TestClass]
public sealed class NuGetOracleTests
{
    [TestMethod]
    [DataRow("SHA256")]
    [DataRow("SHA384")]
    [DataRow("SHA512")]
    public async Task JudgeAsync_WhenPackageIsRight_AcceptsIt(string hash)
    {
        using var directory = new TemporaryDirectory();
        var path = TestSignedPackages.Create(directory.Path, signature: new() { HashAlgorithm = new(hash) });

        var verdict = await NuGetOracle.JudgeAsync(path);

        Assert.IsTrue(verdict.IsAccepted, verdict.ToString());
    }

    [TestMethod]
    public async Task JudgeAsync_WhenContentIsOfAnotherPackage_RejectsIt()
    {
        using var directory = new TemporaryDirectory();
        var signature = TestSignature.Create(TestPackages.CreateUnsignedBytes(version: "2.0.0"));
        await File.WriteAllBytesAsync(directory["a.nupkg"], TestSignedPackages.Insert(TestPackages.CreateUnsignedBytes(), signature));

        var verdict = await NuGetOracle.JudgeAsync(directory["a.nupkg"]);

        Assert.AreEqual("NU3008", string.Join(" ", verdict.ClientErrors), verdict.ToString());
    }

    [TestMethod]
    public async Task JudgeAsync_WhenPackageIsUnsigned_SaysSo()
    {
        using var directory = new TemporaryDirectory();

        var verdict = await NuGetOracle.JudgeAsync(TestPackages.CreateUnsigned(directory.Path));

        Assert.IsFalse(verdict.IsAccepted);
        CollectionAssert.Contains(verdict.ClientErrors.ToArray(), "Unsigned", verdict.ToString());
    }

    [TestMethod]
    public async Task Create_WhenJudgedByOpenSsl_SignatureAndTimestampAreRight()
    {
        OpenSsl.RequireOrInconclusive();
        var signature = TestSignature.Create(TestPackages.CreateUnsignedBytes());

        var result = await OpenSsl.VerifyCmsAsync(signature, TestPki.Shared.Roots);

        Assert.IsTrue(result.Succeeded, result.Output);
    }
}
