using Sign.Build.Testing;

namespace Sign.Build.Core.Tests;

[TestClass]
public static class TestRun
{
    /// <summary>NuGet keeps the first trust store that is asked for, and any test that verifies under NuGetOrg may be the first.</summary>
    [AssemblyInitialize]
    public static void Initialize(TestContext context) => NuGetOracle.EnsureTrust();
}
