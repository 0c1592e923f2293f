using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Azure;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// Requests to one vault: with its token, so many at a time, again where that can help, and not again after a refusal.
/// </summary>
internal sealed class KeyVaultChannel(
    KeyVaultAddress address, KeyVaultTransport transport, KeyVaultTokens tokens, int maxParallelism, KeyVaultLimits limits, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _inFlight = new(maxParallelism);
    private volatile Diagnostic? _refusal;
    private long _pauseUntil = clock.GetTimestamp();

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
        tokens.Dispose();
    }

    private async Task<JsonElement> RepeatAsync(KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var patience = new Patience(limits, clock);
        while (true)
        {
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            var (reply, fault) = await AttemptAsync(operation, url, body, patience, cancellationToken).ConfigureAwait(false);
            if (reply is { Status: 200 })
            {
                return reply.Json() ?? throw new SignBuildException(KeyVaultFaults.Unusable(reply, address));
            }

            if (reply is { MayPass: false })
            {
                throw new SignBuildException(KeyVaultFaults.From(reply, operation, address));
            }

            if (patience.NextPause(reply) is not { } pause)
            {
                throw new SignBuildException(Diagnostics.KeyServiceSilent(address.Service, patience.Describe(reply?.Summary() ?? fault!, reply)));
            }

            if (reply is { IsThrottled: true })
            {
                HoldAll(pause);
            }
            else
            {
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A vault throttles all its callers, so all of ours wait.</summary>
    private void HoldAll(TimeSpan pause)
    {
        var until = clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);
        long known;
        while ((known = Interlocked.Read(ref _pauseUntil)) < until && Interlocked.CompareExchange(ref _pauseUntil, until, known) != known)
        {
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        while (clock.GetElapsedTime(clock.GetTimestamp(), Interlocked.Read(ref _pauseUntil)) is var pause && pause.TotalMilliseconds >= 1)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A request, and where the vault does not take its token, the same with another one.</summary>
    private async Task<(KeyVaultReply? Reply, string? Fault)> AttemptAsync(
        KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, Patience patience, CancellationToken cancellationToken)
    {
        var token = await tokens.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var (reply, fault) = await RequestAsync(operation, url, body, token, patience, cancellationToken).ConfigureAwait(false);
        if (reply is not { IsUnauthorized: true })
        {
            return (reply, fault);
        }

        token = await tokens.AnswerAsync(reply, address, token, cancellationToken).ConfigureAwait(false);
        return await RequestAsync(operation, url, body, token, patience, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(KeyVaultReply? Reply, string? Fault)> RequestAsync(
        KeyVaultOperation operation, Uri url, ReadOnlyMemory<byte> body, KeyVaultTokens.Issued? token, Patience patience, CancellationToken cancellationToken)
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
            var reply = await transport.ExchangeAsync(operation.Method, url, body, token?.Value, timeout.Token).ConfigureAwait(false);
            patience.Answered();
            return (reply, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"no complete answer within {limits.Attempt.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }

        // A library that is missing is an IOException too; that is a broken installation, not a broken connection.
        catch (Exception e) when (e is RequestFailedException or HttpRequestException or SocketException or IOException and not (FileNotFoundException or FileLoadException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, ConnectionFault.Describe(e, url.Host));
        }
        finally
        {
            _inFlight.Release();
        }
    }
}
