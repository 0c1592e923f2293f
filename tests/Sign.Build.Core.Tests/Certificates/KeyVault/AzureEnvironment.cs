using System.Runtime.CompilerServices;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

/// <summary>
/// Azure's library takes identities from the environment of the process alone. All vaults of the tests know the same one,
/// so it is set once, before any test runs, and never changed.
/// </summary>
internal static class AzureEnvironment
{
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("AZURE_TENANT_ID", TestKeyVault.TenantId);
        Environment.SetEnvironmentVariable("AZURE_CLIENT_ID", TestKeyVault.ClientId);
        Environment.SetEnvironmentVariable("AZURE_CLIENT_SECRET", TestKeyVault.ClientSecret);
        foreach (var name in new[] { "AZURE_AUTHORITY_HOST", "AZURE_TOKEN_CREDENTIALS", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_USERNAME" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
