using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// Requests to one vault over Azure.Core's pipeline, with one token for all of them.
/// The attempts are counted here and not by the pipeline, whose own retries let a Retry-After or a slow body take minutes,
/// and whose timeout starts anew with every byte.
/// </summary>
internal sealed class KeyVaultChannel : IDisposable
{
    private static readonly TimeSpan TokenMargin = TimeSpan.FromMinutes(2);

    private readonly KeyVaultAddress _address;
    private readonly AzureSignIn _signIn;
    private readonly KeyVaultLimits _limits;
    private readonly TimeProvider _clock;
    private readonly HttpPipeline _pipeline;
    private readonly SemaphoreSlim _inFlight;
    private readonly SemaphoreSlim _tokenGate = new(1);
    private KeyVaultChallenge? _challenge;
    private volatile IssuedToken? _token;
    private volatile Diagnostic? _refusal;
    private long _pauseUntil;

    public KeyVaultChannel(KeyVaultAddress address, AzureSignIn signIn, int maxParallelism, HttpMessageHandler? handler, KeyVaultLimits limits, TimeProvider clock)
    {
        _address = address;
        _signIn = signIn;
        _limits = limits;
        _clock = clock;
        _inFlight = new SemaphoreSlim(maxParallelism);
        _pauseUntil = clock.GetTimestamp();
        _pipeline = HttpPipelineBuilder.Build(new PipelineOptions(handler));
    }

    /// <summary>Asks the vault and gives the JSON object that it answers with.</summary>
    /// <exception cref="SignBuildException">SGN2001, SGN2006, SGN2007.</exception>
    public async Task<JsonElement> SendAsync(KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await RepeatAsync(operation, url, body, cancellationToken).ConfigureAwait(false);
        }
        catch (SignBuildException e)
        {
            // The other packages of the build get the same answer at once, and the vault is not asked hundreds of times.
            _refusal ??= e.Diagnostic;
            throw;
        }
    }

    public void Dispose()
    {
        _inFlight.Dispose();
        _tokenGate.Dispose();
    }

    private async Task<JsonElement> RepeatAsync(KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var patience = new Patience(_limits, _clock);
        while (true)
        {
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            var (reply, fault) = await AttemptAsync(operation, url, body, patience, cancellationToken).ConfigureAwait(false);
            if (reply is { Status: 200 })
            {
                return reply.Json() ?? throw new SignBuildException(KeyVaultFaults.Unusable(reply, _address));
            }

            if (reply is { MayPass: false })
            {
                throw new SignBuildException(KeyVaultFaults.From(reply, operation, _address));
            }

            var reason = reply?.Summary() ?? fault!;
            if (patience.NextPause(reply) is not { } pause)
            {
                throw new SignBuildException(Diagnostics.KeyServiceSilent(_address.Service, patience.Describe(reason, reply)));
            }

            if (reply is { IsThrottled: true })
            {
                HoldAll(pause);
            }
            else
            {
                await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A vault throttles all its callers, so all of ours wait.</summary>
    private void HoldAll(TimeSpan pause)
    {
        var until = _clock.GetTimestamp() + (long)(pause.TotalSeconds * _clock.TimestampFrequency);
        long known;
        while ((known = Interlocked.Read(ref _pauseUntil)) < until && Interlocked.CompareExchange(ref _pauseUntil, until, known) != known)
        {
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        while (_clock.GetElapsedTime(_clock.GetTimestamp(), Interlocked.Read(ref _pauseUntil)) is var pause && pause.TotalMilliseconds >= 1)
        {
            await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(KeyVaultReply? Reply, string? Fault)> AttemptAsync(
        KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, Patience patience, CancellationToken cancellationToken)
    {
        var token = await CurrentTokenAsync(cancellationToken).ConfigureAwait(false);
        var (reply, fault) = await RequestAsync(operation, url, body, token, patience, cancellationToken).ConfigureAwait(false);
        if (reply is not { IsUnauthorized: true })
        {
            return (reply, fault);
        }

        var challenge = KeyVaultChallenge.Read(reply.Challenges, url.Host, token is null ? null : _challenge, out var problem)
            ?? throw new SignBuildException(Diagnostics.KeyServiceRefused(_address.Service, "Check SignBuildKeyVaultUrl.", $"HTTP 401, and {problem}"));
        token = await RenewTokenAsync(challenge, token, cancellationToken).ConfigureAwait(false);
        return await RequestAsync(operation, url, body, token, patience, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IssuedToken?> CurrentTokenAsync(CancellationToken cancellationToken)
    {
        var token = _token;
        return token is null || token.Access.ExpiresOn - _clock.GetUtcNow() > TokenMargin
            ? token
            : await RenewTokenAsync(_challenge!, token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One token for everybody: whoever comes with an older one than the current gets the current one.</summary>
    private async Task<IssuedToken> RenewTokenAsync(KeyVaultChallenge challenge, IssuedToken? rejected, CancellationToken cancellationToken)
    {
        await _tokenGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } current && current != rejected)
            {
                return current;
            }

            // Claims are asked for once; a token that is renewed later does not need those of an old event.
            _challenge = challenge with { Claims = null };
            _token = new IssuedToken(await _signIn.GetTokenAsync(challenge, cancellationToken).ConfigureAwait(false));
            return _token;
        }
        finally
        {
            _tokenGate.Release();
        }
    }

    private async Task<(KeyVaultReply? Reply, string? Fault)> RequestAsync(
        KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, IssuedToken? token, Patience patience, CancellationToken cancellationToken)
    {
        await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_refusal is { } refusal)
            {
                throw new SignBuildException(refusal);
            }

            // Real time on purpose, whatever the clock: it bounds what a socket does.
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(patience.Ask());
            var reply = await ExchangeAsync(operation, url, body, token, timeout.Token).ConfigureAwait(false);
            patience.Answered();
            return (reply, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"no complete answer within {_limits.Attempt.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        catch (RequestFailedException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, ConnectionFault.Describe(e, url.Host));
        }

        // A library that is missing is an IOException too; that is a broken installation, not a broken connection.
        catch (IOException e) when (e is not (FileNotFoundException or FileLoadException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, ConnectionFault.Describe(e, url.Host));
        }
        catch (HttpRequestException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, ConnectionFault.Describe(e, url.Host));
        }
        catch (SocketException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, ConnectionFault.Describe(e, url.Host));
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<KeyVaultReply> ExchangeAsync(KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, IssuedToken? token, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        var request = message.Request;
        request.Method = operation.Method;
        request.Uri.Reset(url);
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (!body.IsEmpty)
        {
            request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
            request.Content = RequestContent.Create(body);
        }

        if (token is not null)
        {
            request.Headers.Add(HttpHeader.Names.Authorization, "Bearer " + token.Access.Token);
        }

        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var response = message.Response;
        return new KeyVaultReply(
            response.Status,
            response.Headers.ContentType?.Split(';')[0].Trim() ?? "",
            await ReadAsync(response.ContentStream, cancellationToken).ConfigureAwait(false),
            response.Headers.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [],
            RetryAfter(response));
    }

    /// <summary>The body, or its first part: what is longer is no answer of a vault and will not parse.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return default;
        }

        await using var _ = content.ConfigureAwait(false);
        using var result = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while (result.Length <= _limits.AnswerLength && (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            result.Write(buffer, 0, read);
        }

        return result.ToArray();
    }

    private TimeSpan? RetryAfter(Response response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? TimeSpan.FromTicks(Math.Max(0, (time - _clock.GetUtcNow()).Ticks))
            : null;
    }

    /// <summary>A reference, so that it can be swapped and compared at once.</summary>
    private sealed class IssuedToken(AccessToken access)
    {
        public AccessToken Access { get; } = access;
    }

    private sealed class PipelineOptions : ClientOptions
    {
        public PipelineOptions(HttpMessageHandler? handler)
        {
            Retry.MaxRetries = 0;
            Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
            Diagnostics.ApplicationId = "Sign.Build";
            Diagnostics.IsLoggingEnabled = false;
            Diagnostics.IsDistributedTracingEnabled = false;
            if (handler is not null)
            {
                Transport = new HttpClientTransport(handler);
            }
        }
    }
}
