namespace Sign.Build.Package.Tests;

/// <summary>What a user writes into a project to sign with a key in a vault, and the environment that signs in to it.</summary>
internal static class VaultProject
{
    public const string CertificateName = "nuget";

    /// <summary>Puts the shared certificate into the vault, trusts the vault's root in the workspace's builds, and gives the project's part.</summary>
    public static string With(TestWorkspace workspace, TestKeyVault vault, Uri timestampUrl, string properties = "")
    {
        vault.Add(new TestVaultCertificate { Name = CertificateName, Certificate = TestPki.Shared.CodeSigning });
        TestTls.Shared.WriteRoot(workspace["tls-root.pem"]);
        workspace.Environment["SSL_CERT_FILE"] = workspace["tls-root.pem"];
        foreach (var (name, value) in vault.Environment)
        {
            workspace.Environment[name] = value;
        }

        workspace.Write("intermediates.pem", string.Concat(TestPki.Shared.Intermediates.Select(certificate => certificate.ExportCertificatePem() + "\n")));
        return TestSigning.Settings(workspace, timestampUrl, $"""
            <SignBuildKeyVaultUrl>{vault.Url}</SignBuildKeyVaultUrl>
            <SignBuildKeyVaultCertificate>{CertificateName}</SignBuildKeyVaultCertificate>
            <SignBuildAzureCredential>Environment</SignBuildAzureCredential>
            {properties}
            """) + """
            <ItemGroup>
              <SignBuildAdditionalCertificate Include="../intermediates.pem" />
            </ItemGroup>
            """;
    }

    /// <summary>Requests so far: tokens, certificates, signatures.</summary>
    public static (int Tokens, int Certificates, int Signatures) Requests(TestKeyVault vault) =>
        (vault.Count(TestVaultRequest.Token), vault.Count(TestVaultRequest.Certificate), vault.Count(TestVaultRequest.Sign));
}
