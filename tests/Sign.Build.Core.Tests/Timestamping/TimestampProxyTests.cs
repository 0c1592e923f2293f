using Sign.Build.Core.Tests.Signing;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

[TestClass]
public sealed class TimestampProxyTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Sign_WhenTheEnvironmentNamesAProxy_AsksTheAuthorityThroughIt()
    {
        await using var proxy = FaultServer.Start(Fault.None);
        using var host = new CrashHost(new Uri("http://timestamp.invalid/")) { Environment = { ["http_proxy"] = proxy.Url.AbsoluteUri } };
        using var folder = new TemporaryDirectory();
        TestPackages.CreateUnsigned(folder.Path);

        await host.SignAsync(folder.Path, TestContext.CancellationToken);

        Assert.AreEqual(1, proxy.RequestCount);
    }
}
