namespace Sign.Build.Core.Configuration;

/// <summary><c>SignBuildMode</c>: whether, and with what, packages are signed.</summary>
public enum SigningMode
{
    /// <summary>Sign when a certificate source is configured, else do nothing.</summary>
    Auto,

    /// <summary>As <see cref="Auto"/>, but no source, or nothing to sign, is an error.</summary>
    Required,

    /// <summary>Sign with the local throw-away authority, offline.</summary>
    Development,

    /// <summary>Do nothing.</summary>
    Off,
}

/// <summary><c>SignBuildExistingSignature</c>: what happens to a package that is signed already.</summary>
public enum ExistingSignatureBehavior
{
    /// <summary>Keep a signature by the same certificate that passes the policy, replace any other.</summary>
    Reuse,

    /// <summary>Always sign anew.</summary>
    Replace,

    /// <summary>SGN3004.</summary>
    Fail,
}

/// <summary><c>SignBuildPolicy</c>: the rules that a signed package is held to.</summary>
public enum PolicyName
{
    /// <summary>What nuget.org accepts; no trust beyond the platform's.</summary>
    NuGetOrg,

    /// <summary>The same rules for a private feed, with further trust anchors.</summary>
    Private,
}

/// <summary><c>SignBuildRevocationMode</c>: whether certificate authorities are asked about revocation.</summary>
public enum RevocationMode
{
    /// <summary>Ask over the network.</summary>
    Online,

    /// <summary>Use only answers that the platform has cached.</summary>
    Offline,

    /// <summary>Do not check.</summary>
    NoCheck,
}

/// <summary><c>SignBuildRejectedPackages</c>: what happens to a package that could not be signed or was rejected.</summary>
public enum RejectedPackageBehavior
{
    /// <summary>Rename it to <c>&lt;name&gt;.nupkg.rejected</c>, so that no push picks it up.</summary>
    Quarantine,

    /// <summary>Leave it.</summary>
    Keep,
}

/// <summary><c>SignBuildAzureCredential</c>: how to sign in to Key Vault.</summary>
public enum AzureCredentialKind
{
    /// <summary>Environment, workload identity, managed identity, then developer tools; bounded in time.</summary>
    Default,

    /// <summary>The <c>AZURE_*</c> environment variables.</summary>
    Environment,

    /// <summary>A federated token file (Kubernetes, CI).</summary>
    WorkloadIdentity,

    /// <summary>The identity of the Azure host.</summary>
    ManagedIdentity,

    /// <summary>The account of <c>az login</c>.</summary>
    AzureCli,

    /// <summary>The account of <c>Connect-AzAccount</c>.</summary>
    AzurePowerShell,

    /// <summary>The account of <c>azd auth login</c>.</summary>
    AzureDeveloperCli,
}
