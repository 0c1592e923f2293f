using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>One way to sign in.</summary>
/// <param name="Name">Its name, as <c>SignBuildAzureCredential</c> has it.</param>
/// <param name="Credential">The library's credential.</param>
/// <param name="IsDeveloperTool">Whether it belongs to a person's machine; the default goes on to the next when such a one fails.</param>
internal sealed record AzureCredential(string Name, TokenCredential Credential, bool IsDeveloperTool);

/// <summary>
/// Makes the credentials. The default order is that of <c>DefaultAzureCredential</c>, but each is asked on its own:
/// that one cannot be told to end in time, nor say afterwards what it tried until then.
/// </summary>
internal static class AzureCredentials
{
    private static readonly AzureCredentialKind[] Deployed = [AzureCredentialKind.Environment, AzureCredentialKind.WorkloadIdentity, AzureCredentialKind.ManagedIdentity];
    private static readonly AzureCredentialKind[] Developer = [AzureCredentialKind.AzureCli, AzureCredentialKind.AzurePowerShell, AzureCredentialKind.AzureDeveloperCli];
    private static readonly TimeSpan ProcessTimeout = TimeSpan.FromSeconds(20);

    // Only these take part in Azure's instance discovery; any other host is a private cloud that Azure does not know.
    private static readonly Uri[] KnownAuthorityHosts =
        [AzureAuthorityHosts.AzurePublicCloud, AzureAuthorityHosts.AzureChina, AzureAuthorityHosts.AzureGovernment];

    /// <summary>The credentials to try, in order.</summary>
    /// <exception cref="SignBuildException">SGN1002.</exception>
    public static IReadOnlyList<AzureCredential> Create(CertificateSettings settings, HttpMessageHandler? handler)
    {
        // The library would refuse it with an exception about its own parameter.
        RequireTenant("SignBuildAzureTenantId", settings.AzureTenantId);
        RequireTenant("AZURE_TENANT_ID", Environment.GetEnvironmentVariable("AZURE_TENANT_ID"));
        var kinds = Kinds(settings.AzureCredential);
        return [.. kinds.Select(kind => new AzureCredential(kind.ToString(), Create(kind, settings, handler, alone: kinds.Length == 1), Developer.Contains(kind)))];
    }

    /// <summary>Where identities of Azure sign in.</summary>
    public static Uri AuthorityHost(CertificateSettings settings) =>
        settings.AzureAuthorityHost
        ?? (Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST") is { Length: > 0 } host
            ? SettingValues.ParseUrl("AZURE_AUTHORITY_HOST", host.Contains("://", StringComparison.Ordinal) ? host : "https://" + host, "https")
            : AzureAuthorityHosts.AzurePublicCloud);

    /// <summary>How to set up what was chosen, as a sentence.</summary>
    public static string SetUp(AzureCredentialKind kind) => kind switch
    {
        AzureCredentialKind.Environment => "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH) in the environment of the build.",
        AzureCredentialKind.WorkloadIdentity => "Set AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID and AZURE_CLIENT_ID in the environment of the build (SignBuildAzureTenantId and SignBuildAzureClientId do as well).",
        AzureCredentialKind.ManagedIdentity => "Assign a managed identity to this machine; for a user-assigned one set SignBuildAzureClientId to its client id.",
        AzureCredentialKind.AzureCli => "Run 'az login' as the user who builds, and see that 'az' is on the PATH.",
        AzureCredentialKind.AzurePowerShell => "Run 'Connect-AzAccount' as the user who builds (PowerShell with the module Az.Accounts).",
        AzureCredentialKind.AzureDeveloperCli => "Run 'azd auth login' as the user who builds, and see that 'azd' is on the PATH.",
        _ => "Set up one of these credentials, and name it in SignBuildAzureCredential.",
    };

    /// <summary><c>AZURE_TOKEN_CREDENTIALS</c> narrows the default as it does for every Azure library.</summary>
    private static void RequireTenant(string setting, string? tenant)
    {
        if (tenant is not null && !tenant.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.'))
        {
            throw new SignBuildException(Diagnostics.InvalidValue(setting, SafeText.Line(tenant), "the id (or a domain) of a tenant"));
        }
    }

    private static AzureCredentialKind[] Kinds(AzureCredentialKind kind)
    {
        if (kind != AzureCredentialKind.Default)
        {
            return [kind];
        }

        var choice = Environment.GetEnvironmentVariable("AZURE_TOKEN_CREDENTIALS")?.Trim() ?? "";
        return choice.ToLowerInvariant() switch
        {
            "" => [.. Deployed, .. Developer],
            "prod" => Deployed,
            "dev" => Developer,
            var name => Deployed.Concat(Developer).Where(candidate => name == candidate.ToString().ToLowerInvariant() + "credential").ToArray() is { Length: 1 } one
                ? one
                : throw new SignBuildException(Diagnostics.InvalidValue("AZURE_TOKEN_CREDENTIALS", choice, "prod, dev, or " + string.Join(", ", Deployed.Concat(Developer).Select(candidate => candidate + "Credential")))),
        };
    }

    private static TokenCredential Create(AzureCredentialKind kind, CertificateSettings settings, HttpMessageHandler? handler, bool alone)
    {
        var host = AuthorityHost(settings);
        var isKnown = KnownAuthorityHosts.Any(known => known.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase));
        var tenant = settings.AzureTenantId;
        var client = settings.AzureClientId;
        return kind switch
        {
            AzureCredentialKind.Environment => new EnvironmentCredential(Common(new EnvironmentCredentialOptions { DisableInstanceDiscovery = !isKnown }, host, handler)),
            AzureCredentialKind.WorkloadIdentity => new WorkloadIdentityCredential(WorkloadIdentity(tenant, client, !isKnown, host, handler)),
            AzureCredentialKind.ManagedIdentity => ManagedIdentity(client, alone, host, handler),
            AzureCredentialKind.AzureCli => new AzureCliCredential(Common(new AzureCliCredentialOptions { TenantId = tenant, ProcessTimeout = ProcessTimeout }, host, handler)),
            AzureCredentialKind.AzurePowerShell => new AzurePowerShellCredential(Common(new AzurePowerShellCredentialOptions { TenantId = tenant, ProcessTimeout = ProcessTimeout }, host, handler)),
            _ => new AzureDeveloperCliCredential(Common(new AzureDeveloperCliCredentialOptions { TenantId = tenant, ProcessTimeout = ProcessTimeout }, host, handler)),
        };
    }

    private static WorkloadIdentityCredentialOptions WorkloadIdentity(string? tenant, string? client, bool isPrivateCloud, Uri host, HttpMessageHandler? handler)
    {
        // The options start with what the environment says.
        var options = Common(new WorkloadIdentityCredentialOptions { DisableInstanceDiscovery = isPrivateCloud }, host, handler);
        options.TenantId = tenant ?? options.TenantId;
        options.ClientId = client ?? options.ClientId;
        return options;
    }

    /// <summary>
    /// Within the default a machine without managed identity must be recognized at once. The library probes that (one request, one second)
    /// only inside its own default chain, so that chain is used with everything else left out. On its own it is retried patiently.
    /// </summary>
    private static TokenCredential ManagedIdentity(string? client, bool alone, Uri host, HttpMessageHandler? handler) => alone
        ? new ManagedIdentityCredential(Common(new ManagedIdentityCredentialOptions(
            client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client)), host, handler))
        : new DefaultAzureCredential(Common(new DefaultAzureCredentialOptions
        {
            ManagedIdentityClientId = client,
            ExcludeEnvironmentCredential = true,
            ExcludeWorkloadIdentityCredential = true,
            ExcludeManagedIdentityCredential = false,
            ExcludeAzureCliCredential = true,
            ExcludeAzurePowerShellCredential = true,
            ExcludeAzureDeveloperCliCredential = true,
            ExcludeInteractiveBrowserCredential = true,
            ExcludeBrokerCredential = true,
            ExcludeVisualStudioCredential = true,
            ExcludeVisualStudioCodeCredential = true,
        }, host, handler));

    private static T Common<T>(T options, Uri host, HttpMessageHandler? handler)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = host;
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromSeconds(0.5);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(4);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        if (handler is not null)
        {
            options.Transport = new HttpClientTransport(handler);
        }

        return options;
    }
}
