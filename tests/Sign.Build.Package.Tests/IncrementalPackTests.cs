namespace Sign.Build.Package.Tests;

/// <summary>When nothing changed, NuGet keeps the signed package and the signing target still runs.</summary>
[TestClass]
public sealed class IncrementalPackTests : PackageTest
{
    [TestMethod]
    public async Task Pack_WhenItIsRepeated_TheSignatureIsKeptWithoutATimestampRequest()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));
        (await project.PackAsync(Cancellation)).EnsureClean();
        var first = await File.ReadAllBytesAsync(project.PackagePath, Cancellation);
        var requests = timestamps.RequestCount;

        var result = await project.PackAsync(Cancellation, "-p:SignBuildPreflight=false");

        result.EnsureClean();
        CollectionAssert.AreEqual(first, await File.ReadAllBytesAsync(project.PackagePath, Cancellation));
        Assert.AreEqual(requests, timestamps.RequestCount);
    }

    [TestMethod]
    public async Task Pack_WhenTheCertificateChanged_PackageIsSignedByTheNewOne()
    {
        await using var timestamps = await TestTimestampServer.StartAsync();
        var project = Workspace.AddProject("Lib", TestSigning.WithPfx(Workspace, timestamps, TestPki.Shared.CodeSigning));
        (await project.PackAsync(Cancellation)).EnsureClean();
        var unsigned = await SignedPackage.HashWithoutSignatureAsync(project.PackagePath, Cancellation);
        using var other = TestPki.Shared.Intermediate.Issue(TestCertificateOptions.CodeSigning);
        Workspace.Write("signing.pfx", other.ExportPfx(TestSigning.Password));

        var result = await project.PackAsync(Cancellation);

        result.EnsureClean();
        Assert.AreEqual(SignedPackage.ByAuthor("Lib 1.2.3", other.Fingerprint), await SignedPackage.ReadAsync(project.PackagePath, Cancellation));
        Assert.AreEqual(unsigned, await SignedPackage.HashWithoutSignatureAsync(project.PackagePath, Cancellation));
    }

    [TestMethod]
    public async Task Pack_WhenASignatureIsNotWanted_IsAnErrorAndThePackageStays()
    {
        var project = Workspace.AddProject("Lib", DevelopmentMode);
        (await project.PackAsync(Cancellation)).EnsureClean();

        var result = await project.PackAsync(Cancellation, "-p:SignBuildExistingSignature=Fail", "-p:SignBuildRejectedPackages=Keep");

        Assert.AreEqual((1, "SGN3004"), (result.ExitCode, result.Errors));
        await AssertSignedByDevelopmentAsync(project.PackagePath, "Lib 1.2.3");
    }
}
