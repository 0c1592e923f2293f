using Azure.Core;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>The one token of a vault: fetched when the vault first asks for one, shared by all requests, renewed in time.</summary>
internal sealed class KeyVaultTokens(AzureSignIn signIn, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _gate = new(1);
    private KeyVaultChallenge? _challenge;
    private volatile Issued? _token;

    /// <summary>The token for the next request, or null where the vault has not said yet what it wants.</summary>
    public async Task<Issued?> CurrentAsync(CancellationToken cancellationToken)
    {
        var token = _token;
        return token is null || token.ExpiresOn - clock.GetUtcNow() > Margin
            ? token
            : await FetchAsync(_challenge!, token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The token that answers the challenge of <paramref name="reply"/>.</summary>
    /// <param name="reply">A 401.</param>
    /// <param name="address">The vault that gave it.</param>
    /// <param name="rejected">The token that the vault did not take, or null.</param>
    /// <param name="cancellationToken">Ends the sign-in.</param>
    /// <exception cref="SignBuildException">SGN2006, SGN2007.</exception>
    public async Task<Issued> AnswerAsync(KeyVaultReply reply, KeyVaultAddress address, Issued? rejected, CancellationToken cancellationToken)
    {
        var challenge = KeyVaultChallenge.Read(reply.Challenges, address.Vault.Host, rejected is null ? null : _challenge, out var problem)
            ?? throw new SignBuildException(Diagnostics.KeyServiceRefused(address.Service, "Check SignBuildKeyVaultUrl.", $"HTTP 401, and {problem}"));
        return await FetchAsync(challenge, rejected, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    // Whoever comes with an older token than the current one gets the current one.
    private async Task<Issued> FetchAsync(KeyVaultChallenge challenge, Issued? rejected, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } current && current != rejected)
            {
                return current;
            }

            // Claims are asked for once; a token that is renewed later does not need those of an old event.
            _challenge = challenge with { Claims = null };
            _token = new Issued(await signIn.GetTokenAsync(challenge, cancellationToken).ConfigureAwait(false));
            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A token as an object, so that it can be swapped and compared at once.</summary>
    public sealed class Issued(AccessToken access)
    {
        public string Value { get; } = access.Token;

        public DateTimeOffset ExpiresOn { get; } = access.ExpiresOn;
    }
}
