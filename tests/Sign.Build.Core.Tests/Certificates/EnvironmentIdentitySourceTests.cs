using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates;

[TestClass]
public sealed class EnvironmentIdentitySourceTests
{
    private static readonly TestCertificate Signer = TestPki.Shared.CodeSigning;

    [TestMethod]
    public async Task AcquireAsync_WhenBase64HasLineBreaks_ReadsIt()
    {
        var base64 = Convert.ToBase64String(Signer.ExportPfx("secret"), Base64FormattingOptions.InsertLineBreaks);
        var source = Source(Acquisition.SetVariable("  " + base64 + "\n"), Acquisition.SetVariable("secret"));

        using var identity = await source.AcquireAsync(CancellationToken.None);

        Assert.AreEqual(Signer.Fingerprint, identity.Fingerprint);
        Assert.HasCount(2, identity.AdditionalCertificates);
        Assert.IsTrue(Acquisition.Signs(identity));
    }

    [TestMethod]
    [DataRow("c2VjcmV0IGNvbnRlbnQ=", "14 bytes that are no PFX")]
    [DataRow("$(SigningPfx)", "Define the pipeline variable")]
    [DataRow("c2VjcmV0*IGNvbnRlbnQ", "its 20 characters are not valid base64")]
    public async Task AcquireAsync_WhenValueIsNoPfx_SaysSoWithoutTheValue(string value, string expected)
    {
        var diagnostic = await Acquisition.FailAsync(Source(Acquisition.SetVariable(value)));

        Assert.AreEqual("SGN2002", diagnostic.Code);
        StringAssert.Contains(diagnostic.Message, expected);
        Assert.IsFalse(diagnostic.Message.Contains("c2VjcmV0", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenVariableIsNotSet_IsSgn1001()
    {
        Assert.AreEqual("SGN1001", (await Acquisition.FailAsync(Source(Acquisition.UnsetVariable()))).Code);
    }

    private static EnvironmentIdentitySource Source(string variable, string? passwordVariable = null) => new(new CertificateSettings
    {
        Variable = variable,
        PasswordVariable = passwordVariable ?? Acquisition.UnsetVariable(),
    });
}
