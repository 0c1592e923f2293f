using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// One request and its whole answer over Azure.Core's pipeline, which brings its proxy settings, redirects off, and its user agent.
/// Its retries and timeouts are off: they let a Retry-After or a slow body take minutes, and start anew with every byte.
/// </summary>
internal sealed class KeyVaultTransport(HttpMessageHandler? handler, KeyVaultLimits limits, TimeProvider clock)
{
    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(new PipelineOptions(handler));

    /// <summary>Sends one request; the token ends it wherever it is, also within the answer's body.</summary>
    public async Task<KeyVaultReply> ExchangeAsync(RequestMethod method, Uri url, ReadOnlyMemory<byte> body, string? token, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(url);
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (!body.IsEmpty)
        {
            request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
            request.Content = RequestContent.Create(body);
        }

        if (token is not null)
        {
            request.Headers.Add(HttpHeader.Names.Authorization, "Bearer " + token);
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
        while (result.Length <= limits.AnswerLength && (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
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
            ? TimeSpan.FromTicks(Math.Max(0, (time - clock.GetUtcNow()).Ticks))
            : null;
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
