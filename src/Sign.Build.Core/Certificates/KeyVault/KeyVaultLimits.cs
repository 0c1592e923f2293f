namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>How long, how often and how much. The defaults end a hang in under 30 s and give a throttled vault two minutes.</summary>
internal sealed record KeyVaultLimits
{
    public static KeyVaultLimits Default { get; } = new();

    /// <summary>One request, from the connection to the last byte of the answer.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an operation goes on while nothing answers.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long an operation goes on while the vault answers "later".</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Getting a token, with every credential that is tried on the way.</summary>
    public TimeSpan Token { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Attempts that fail without the vault asking for patience.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>First pause between attempts; doubles each time.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause that is not asked for by the vault.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Downloading issuer certificates, all of them together.</summary>
    public TimeSpan Issuers { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Longest answer of the vault, and longest issuer certificate.</summary>
    public int AnswerLength { get; init; } = 256 * 1024;
}
