using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Microsoft.Identity.Client;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>Gets tokens with the credential that the settings name, or with the first of the default ones that is set up.</summary>
/// <param name="settings">What to name in messages.</param>
/// <param name="credentials">Makes the credentials to try, in order.</param>
/// <param name="limits">How long all of it may take.</param>
internal sealed class AzureSignIn(CertificateSettings settings, Func<IReadOnlyList<AzureCredential>> credentials, KeyVaultLimits limits)
{
    private IReadOnlyList<AzureCredential>? _credentials;

    /// <summary>Gets a token. Calls do not overlap; the caller sees to it.</summary>
    /// <exception cref="SignBuildException">SGN2006, SGN2007.</exception>
    public async Task<AccessToken> GetTokenAsync(KeyVaultChallenge challenge, CancellationToken cancellationToken)
    {
        // Made once: each keeps its own token, and the next request starts with the one that worked.
        _credentials ??= credentials();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Token);
        var request = new TokenRequestContext([challenge.Scope], parentRequestId: null, challenge.Claims, challenge.TenantId, isCaeEnabled: true);
        var tried = new List<string>();
        foreach (var credential in _credentials)
        {
            try
            {
                var token = await credential.Credential.GetTokenAsync(request, timeout.Token).ConfigureAwait(false);
                _credentials = [credential];
                return token;
            }
            catch (CredentialUnavailableException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tried.Add($"{credential.Name}: {Reason(e)}");
            }
            catch (AuthenticationFailedException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tried.Add($"{credential.Name}: {Reason(e)}");

                // One that is set up and fails must not be hidden by another identity that happens to work.
                if (!credential.IsDeveloperTool || timeout.IsCancellationRequested)
                {
                    throw Failed(e, tried);
                }
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                tried.Add($"{credential.Name}: no answer within {limits.Token.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s for all credentials together");
                throw new SignBuildException(Diagnostics.KeyServiceSilent(Service, Describe(tried)
                    + (_credentials.Count > 1 ? ". Set SignBuildAzureCredential to the one credential that this build shall use" : "")), e);
            }
        }

        throw new SignBuildException(Diagnostics.KeyServiceRefused(Service, AzureCredentials.SetUp(settings.AzureCredential), Describe(tried)));
    }

    private string Service => $"the Azure sign-in at {AzureCredentials.AuthorityHost(settings).Host}";

    private SignBuildException Failed(AuthenticationFailedException exception, List<string> tried) => new(
        ConnectionFault.IsCause(exception) || ServerStatus(exception) >= 500
            ? Diagnostics.KeyServiceSilent(Service, Describe(tried))
            : Diagnostics.KeyServiceRefused(Service,
                "Check the identity that signs in: its tenant (SignBuildAzureTenantId, AZURE_TENANT_ID), its client id (SignBuildAzureClientId, AZURE_CLIENT_ID), and that its secret or federated token is the current one.",
                Describe(tried)),
        exception);

    private static int ServerStatus(Exception exception) => exception.InnerException is MsalServiceException service ? service.StatusCode : 0;

    private static string Describe(List<string> tried) => string.Join("; ", tried);

    private static string Reason(AuthenticationFailedException exception)
    {
        // The default chain, used for managed identity, lists what it tried on lines of their own.
        var item = exception.Message.Split('\n').FirstOrDefault(line => line.StartsWith("- ", StringComparison.Ordinal));
        return ServiceText.OfSignIn(item?[2..] ?? (exception.InnerException is MsalException answer ? answer.Message : exception.Message));
    }
}
