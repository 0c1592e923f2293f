namespace Sign.Build.Package.Tests;

/// <summary>What a user writes into a project to sign with a certificate file.</summary>
internal static class TestSigning
{
    public const string Password = "correct horse battery staple";

    /// <summary>
    /// Writes <c>signing.pfx</c> and <c>roots.pem</c> into the workspace, sets the password's variable, and gives the project's part.
    /// A private feed's policy, because nuget.org's takes no roots but the platform's.
    /// </summary>
    public static string WithPfx(TestWorkspace workspace, TestTimestampServer timestamps, TestCertificate certificate)
    {
        workspace.Environment["SIGNBUILD_CERTIFICATE_PASSWORD"] = Password;
        workspace.Write("signing.pfx", certificate.ExportPfx(Password));
        return Settings(workspace, timestamps.Url, "<SignBuildCertificatePath>../signing.pfx</SignBuildCertificatePath>");
    }

    /// <summary>The same with another way to name the certificate.</summary>
    public static string Settings(TestWorkspace workspace, Uri timestampUrl, string certificateProperties)
    {
        workspace.Write("roots.pem", string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        return $"""
            <PropertyGroup>
              {certificateProperties}
              <SignBuildTimestampUrl>{timestampUrl}</SignBuildTimestampUrl>
              <SignBuildPolicy>Private</SignBuildPolicy>
              <SignBuildRevocationMode>NoCheck</SignBuildRevocationMode>
            </PropertyGroup>
            <ItemGroup>
              <SignBuildTrustedRoot Include="../roots.pem" />
            </ItemGroup>
            """;
    }
}
