namespace Sign.Build.Package.Tests;

[TestClass]
public static class PackageTestSession
{
    [AssemblyCleanup]
    public static void End() => PackageTest.EndSession();
}
