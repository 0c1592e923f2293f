using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sign.Build.Testing;

/// <summary>
/// A Key Vault and the token issuer that it trusts, over TLS on this machine.
/// Behaves as the services do: challenges whoever comes without a token, checks the token, knows versions and permissions; and counts requests.
/// </summary>
public sealed class TestKeyVault : IAsyncDisposable
{
    /// <summary>Tenant that the vault belongs to.</summary>
    public const string TenantId = "11111111-2222-3333-4444-555555555555";

    /// <summary>The only identity of the tenant.</summary>
    public const string ClientId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    /// <summary>Its secret.</summary>
    public const string ClientSecret = "test-client-secret-7Q~not-for-any-log";

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<TestVaultRequest, int> _counts = new();
    private readonly ConcurrentDictionary<TestVaultRequest, ConcurrentQueue<TestVaultFault>> _faults = new();
    private readonly ConcurrentDictionary<TestVaultRequest, TestVaultFault> _lastingFaults = new();
    private readonly ConcurrentDictionary<TestVaultRequest, TaskCompletionSource> _arrivals = new();
    private readonly ConcurrentQueue<TestVaultCertificate> _certificates = new();
    private volatile byte[] _tokenKey = RandomNumberGenerator.GetBytes(32);
    private volatile bool _asksForClaims;
    private int _inFlight;
    private int _stopped;
    private int _maximumInFlight;

    private TestKeyVault(WebApplication application, string host)
    {
        _application = application;
        Host = host;
    }

    /// <summary>Host name of <see cref="Url"/>.</summary>
    public string Host { get; }

    /// <summary>Address of the vault.</summary>
    public Uri Url => new($"https://{Host}:{Port}/");

    /// <summary>Where its identities sign in.</summary>
    public Uri AuthorityHost => new($"https://localhost:{Port}/");

    /// <summary>Port of both.</summary>
    public int Port { get; private set; }

    /// <summary>Resource that the challenge names.</summary>
    public string Resource { get; set; } = "https://localhost";

    /// <summary>Tenant that the challenge names.</summary>
    public string ChallengeTenant { get; set; } = TenantId;

    /// <summary>Secret that the issuer takes.</summary>
    public string ExpectedSecret { get; set; } = ClientSecret;

    /// <summary>How long issued tokens are valid.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether issued tokens carry a signature that the vault takes.</summary>
    public bool IssuesForgedTokens { get; set; }

    /// <summary>Permission certificates/get.</summary>
    public bool MayGetCertificates { get; set; } = true;

    /// <summary>Permission keys/sign.</summary>
    public bool MaySign { get; set; } = true;

    /// <summary>Whether permissions come from access policies, and not from roles.</summary>
    public bool UsesAccessPolicies { get; set; }

    /// <summary>Tokens that were issued.</summary>
    public ConcurrentBag<string> IssuedTokens { get; } = [];

    /// <summary>Most sign requests at one time.</summary>
    public int MaximumInFlight => Volatile.Read(ref _maximumInFlight);

    /// <summary>Variables with which <c>SignBuildAzureCredential=Environment</c> signs in here, for a child process.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AZURE_TENANT_ID"] = TenantId,
        ["AZURE_CLIENT_ID"] = ClientId,
        ["AZURE_CLIENT_SECRET"] = ClientSecret,
        ["AZURE_AUTHORITY_HOST"] = AuthorityHost.AbsoluteUri,
    };

    /// <summary>Starts a vault.</summary>
    /// <param name="host">Host name that it goes by: <c>localhost</c>, or a name below <c>vault.test</c> for clients with <see cref="CreateHandler"/>.</param>
    public static async Task<TestKeyVault> StartAsync(string host = "localhost")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestTls.Shared.Server)));
        var application = builder.Build();
        var vault = new TestKeyVault(application, host);
        application.Run(vault.HandleAsync);
        await application.StartAsync();
        vault.Port = new Uri(application.Urls.Single()).Port;
        return vault;
    }

    /// <summary>How many requests of a kind came in, failed ones included.</summary>
    public int Count(TestVaultRequest request) => _counts.GetValueOrDefault(request);

    /// <summary>Rejects all tokens issued until now, as continuous access evaluation does: with a challenge for further claims.</summary>
    public void RevokeTokens()
    {
        _tokenKey = RandomNumberGenerator.GetBytes(32);
        _asksForClaims = true;
    }

    /// <summary>Waits until the first request of a kind has come in.</summary>
    public Task ArrivedAsync(TestVaultRequest request, CancellationToken cancellationToken) => Arrival(request).Task.WaitAsync(cancellationToken);

    /// <summary>A handler that trusts the vault's root and finds its host.</summary>
    public HttpMessageHandler CreateHandler() => TestTls.Shared.CreateHandler(Port);

    /// <summary>Puts a certificate into the vault; of several versions the last one is current.</summary>
    public TestVaultCertificate Add(TestVaultCertificate certificate)
    {
        _certificates.Enqueue(certificate);
        return certificate;
    }

    /// <summary>The next requests of a kind fail, one after the other.</summary>
    public void FailNext(TestVaultRequest request, params ReadOnlySpan<TestVaultFault> faults)
    {
        var queue = _faults.GetOrAdd(request, _ => new ConcurrentQueue<TestVaultFault>());
        foreach (var fault in faults)
        {
            queue.Enqueue(fault);
        }
    }

    /// <summary>Every request of a kind fails from now on.</summary>
    public void FailAlways(TestVaultRequest request, TestVaultFault fault) => _lastingFaults[request] = fault;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    internal static async Task WriteErrorAsync(HttpContext context, int status, string code, string message, string? innerCode, CancellationToken cancellationToken)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (innerCode is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = innerCode };
        }

        await WriteAsync(context, status, new JsonObject { ["error"] = error }, cancellationToken);
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        await context.Response.WriteAsync(body.ToJsonString(), cancellationToken);
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await DispatchAsync(context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (IOException)
        {
            // The client went away in the middle of an answer.
            context.Abort();
        }
    }

    private Task DispatchAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var segments = context.Request.Path.Value!.Trim('/').Split('/');
        return (context.Request.Method, segments) switch
        {
            ("POST", [var tenant, "oauth2", "v2.0", "token"]) => AnswerAsync(context, TestVaultRequest.Token, () => IssueTokenAsync(context, tenant, cancellationToken), cancellationToken),
            ("GET", [var tenant, "v2.0", ".well-known", "openid-configuration"]) => WriteAsync(context, 200, OpenIdConfiguration(tenant), cancellationToken),
            ("GET", ["certificates", var name, .. var version]) when IsAuthorized(context) =>
                AnswerAsync(context, TestVaultRequest.Certificate, () => GiveCertificateAsync(context, name, version.FirstOrDefault(), cancellationToken), cancellationToken),
            ("POST", ["keys", var name, var version, "sign"]) when IsAuthorized(context) =>
                AnswerAsync(context, TestVaultRequest.Sign, () => SignAsync(context, name, version, cancellationToken), cancellationToken),
            (_, ["certificates" or "keys", ..]) => AnswerAsync(context, TestVaultRequest.Challenge, () => ChallengeAsync(context, cancellationToken), cancellationToken),
            _ => WriteErrorAsync(context, 404, "NotFound", "There is nothing here.", null, cancellationToken),
        };
    }

    private TaskCompletionSource Arrival(TestVaultRequest request) =>
        _arrivals.GetOrAdd(request, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AnswerAsync(HttpContext context, TestVaultRequest request, Func<Task> answer, CancellationToken cancellationToken)
    {
        _counts.AddOrUpdate(request, 1, (_, count) => count + 1);
        Arrival(request).TrySetResult();
        if (_faults.TryGetValue(request, out var queue) && queue.TryDequeue(out var fault))
        {
            await fault.AnswerAsync(context, cancellationToken);
        }
        else if (_lastingFaults.TryGetValue(request, out var lasting))
        {
            await lasting.AnswerAsync(context, cancellationToken);
        }
        else
        {
            await answer();
        }
    }

    private JsonObject OpenIdConfiguration(string tenant) => new()
    {
        ["token_endpoint"] = $"{AuthorityHost}{tenant}/oauth2/v2.0/token",
        ["authorization_endpoint"] = $"{AuthorityHost}{tenant}/oauth2/v2.0/authorize",
        ["issuer"] = $"{AuthorityHost}{tenant}/v2.0",
    };

    private async Task IssueTokenAsync(HttpContext context, string tenant, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var problem = tenant != TenantId ? ("invalid_request", $"AADSTS90002: Tenant '{tenant}' not found.")
            : form["client_id"] != ClientId ? ("unauthorized_client", "AADSTS700016: Application was not found in the directory.")
            : form["client_secret"] != ExpectedSecret ? ("invalid_client", "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.")
            : ((string Error, string Description)?)null;
        if (problem is var (error, description))
        {
            await WriteAsync(context, error == "invalid_client" ? 401 : 400, new JsonObject { ["error"] = error, ["error_description"] = description + "\r\nTrace ID: 0", ["error_codes"] = new JsonArray() }, cancellationToken);
            return;
        }

        var audience = form["scope"].ToString().Split(' ')[0].Replace("/.default", "", StringComparison.Ordinal);
        var token = CreateToken(audience, DateTimeOffset.UtcNow + TokenLifetime);
        IssuedTokens.Add(token);
        await WriteAsync(context, 200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = (int)TokenLifetime.TotalSeconds, ["access_token"] = token }, cancellationToken);
    }

    private string CreateToken(string audience, DateTimeOffset expires)
    {
        var content = Encode("""{"typ":"JWT","alg":"HS256"}""") + "." + Encode(new JsonObject { ["aud"] = audience, ["exp"] = expires.ToUnixTimeSeconds(), ["tid"] = TenantId, ["appid"] = ClientId }.ToJsonString());
        var signature = IssuesForgedTokens ? RandomNumberGenerator.GetBytes(32) : HMACSHA256.HashData(_tokenKey, Encoding.ASCII.GetBytes(content));
        return content + "." + Base64Url.EncodeToString(signature);

        static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    private bool IsAuthorized(HttpContext context)
    {
        if (context.Request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var token]
            || token.Split('.') is not [var header, var payload, var signature]
            || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_tokenKey, Encoding.ASCII.GetBytes(header + "." + payload)), Base64Url.DecodeFromChars(signature)))
        {
            return false;
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        return claims.RootElement.GetProperty("aud").GetString() == Resource
            && claims.RootElement.GetProperty("exp").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private Task ChallengeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.WWWAuthenticate = _asksForClaims
            ? $"Bearer realm=\"\", authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{Convert.ToBase64String("""{"access_token":{"nbf":{"essential":true,"value":"1"}}}"""u8)}\""
            : $"Bearer authorization=\"https://login.windows.net/{ChallengeTenant}\", resource=\"{Resource}\"";
        return WriteErrorAsync(context, 401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.", null, cancellationToken);
    }

    private Task ForbidAsync(HttpContext context, string permission, CancellationToken cancellationToken) => WriteErrorAsync(context, 403, "Forbidden",
        (UsesAccessPolicies
            ? $"The user, group or application 'appid={ClientId}' does not have {permission} permission on key vault."
            : $"Caller is not authorized to perform action on resource.\r\nCaller: appid={ClientId}\r\nAction: '{permission}'") + "\r\nVault: test",
        UsesAccessPolicies ? "AccessDenied" : "ForbiddenByRbac", cancellationToken);

    private async Task GiveCertificateAsync(HttpContext context, string name, string? version, CancellationToken cancellationToken)
    {
        if (!MayGetCertificates)
        {
            await ForbidAsync(context, "certificates get", cancellationToken);
            return;
        }

        var found = _certificates.LastOrDefault(candidate => !candidate.IsDeleted && candidate.Name == name && (version is null || candidate.Version == version));
        if (found is null)
        {
            await WriteErrorAsync(context, 404, "CertificateNotFound", $"A certificate with (name/id) {name} was not found in this key vault. If you recently deleted this certificate you may be able to recover it.", null, cancellationToken);
            return;
        }

        var attributes = new JsonObject { ["enabled"] = found.Enabled, ["recoveryLevel"] = "Recoverable+Purgeable" };
        if (found.NotBefore is { } start)
        {
            attributes["nbf"] = start.ToUnixTimeSeconds();
        }

        if (found.Expires is { } end)
        {
            attributes["exp"] = end.ToUnixTimeSeconds();
        }

        await WriteAsync(context, 200, new JsonObject
        {
            ["id"] = $"{Url}certificates/{name}/{found.Version}",
            ["kid"] = $"{found.KeyHost}/keys/{name}/{found.Version}",
            ["sid"] = $"{Url}secrets/{name}/{found.Version}",
            ["cer"] = found.IsPending ? "" : Convert.ToBase64String(found.RawData ?? found.Certificate.Certificate.RawData),
            ["attributes"] = attributes,
            ["policy"] = new JsonObject { ["key_props"] = new JsonObject { ["exportable"] = false, ["kty"] = found.KeyType, ["reuse_key"] = false } },
        }, cancellationToken);
    }

    private async Task SignAsync(HttpContext context, string name, string version, CancellationToken cancellationToken)
    {
        var running = Interlocked.Increment(ref _inFlight);
        try
        {
            RaiseMaximum(running);
            var found = _certificates.LastOrDefault(candidate => candidate.Name == name && candidate.Version == version);
            if (!MaySign)
            {
                await ForbidAsync(context, "keys sign", cancellationToken);
            }
            else if (found is null || found.IsDeleted || found.IsKeyDeleted)
            {
                await WriteErrorAsync(context, 404, "KeyNotFound", $"A key with (name/id) {name}/{version} was not found in this key vault.", null, cancellationToken);
            }
            else if (!found.KeyEnabled)
            {
                await WriteErrorAsync(context, 403, "Forbidden", "Operation sign is not allowed on a disabled key.", "KeyDisabled", cancellationToken);
            }
            else
            {
                using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
                await WriteAsync(context, 200, new JsonObject { ["kid"] = $"{Url}keys/{name}/{version}", ["value"] = Base64Url.EncodeToString(Sign(found, request.RootElement)) }, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static byte[] Sign(TestVaultCertificate certificate, JsonElement request)
    {
        var algorithm = new HashAlgorithmName("SHA" + request.GetProperty("alg").GetString()!["RS".Length..].ToString(CultureInfo.InvariantCulture));
        var digest = Base64Url.DecodeFromChars(request.GetProperty("value").GetString());
        if (certificate.SigningKey is { } other)
        {
            return other.SignHash(digest, algorithm, RSASignaturePadding.Pkcs1);
        }

        using var key = certificate.Certificate.Certificate.GetRSAPrivateKey()!;
        return key.SignHash(digest, algorithm, RSASignaturePadding.Pkcs1);
    }

    private void RaiseMaximum(int value)
    {
        int known;
        while ((known = Volatile.Read(ref _maximumInFlight)) < value && Interlocked.CompareExchange(ref _maximumInFlight, value, known) != known)
        {
        }
    }
}
