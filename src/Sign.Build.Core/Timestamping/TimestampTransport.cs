using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Sign.Build.Core.Timestamping;

/// <summary>
/// RFC 3161 over HTTP (section 3.4): carries a request to an authority and its answer back. Judges only the transport.
/// One instance, and so one pool of connections, serves all authorities of a list.
/// </summary>
internal sealed class TimestampTransport : IDisposable
{
    /// <summary>A token with its certificates has 5 to 10 KiB.</summary>
    public const int MaximumAnswerLength = 1 << 20;

    private const string RequestType = "application/timestamp-query";
    private const string AnswerType = "application/timestamp-reply";

    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    /// <param name="timeout">Bound of one exchange, from the first packet to the last byte of the answer.</param>
    /// <param name="clock">Runs the bound.</param>
    /// <param name="handler">Sends the requests; null = the network. Is disposed with this object.</param>
    public TimestampTransport(TimeSpan timeout, TimeProvider clock, HttpMessageHandler? handler)
    {
        _timeout = timeout;
        _clock = clock;
        _http = new HttpMessageInvoker(handler ?? CreateHandler(timeout), disposeHandler: true);
    }

    /// <summary>Sends <paramref name="request"/> and reads the whole answer.</summary>
    /// <exception cref="TimestampFailureException">There is no answer that could be one of a timestamp authority.</exception>
    public async Task<byte[]> SendAsync(Uri authority, byte[] request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var answering = false;
        try
        {
            using var message = CreateMessage(authority, request);
            using var answer = await _http.SendAsync(message, either.Token).ConfigureAwait(false);
            answering = true;
            CheckHead(answer);
            return await ReadBodyAsync(answer.Content, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reason = answering ? "its answer did not end within" : "no answer within";
            throw new TimestampFailureException($"{reason} {_timeout.TotalSeconds:0.###} s (SignBuildTimestampTimeout)", TimestampFailureKind.Transient, exception);
        }
        catch (HttpRequestException exception)
        {
            throw Explain(exception);
        }
        catch (IOException exception)
        {
            throw new TimestampFailureException("the connection broke while it answered", TimestampFailureKind.Transient, exception);
        }
        catch (NotSupportedException exception)
        {
            // HttpClient says so about a proxy variable with a scheme that it does not know.
            throw new TimestampFailureException("HTTP cannot reach it: " + TimestampFailureException.Clause(exception.Message), TimestampFailureKind.Permanent, exception);
        }
    }

    public void Dispose() => _http.Dispose();

    // Redirects and proxies stay as HttpClient has them; what a timestamp never needs is left out, because it costs start-up time.
    private static SocketsHttpHandler CreateHandler(TimeSpan timeout) => new()
    {
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxAutomaticRedirections = 5,

        // A request that is given up leaves its connection attempt to the pool; this ends that too.
        ConnectTimeout = timeout,

        // The rest of an answer that was refused is not worth reading.
        MaxResponseDrainSize = 0,
    };

    private static HttpRequestMessage CreateMessage(Uri authority, byte[] request)
    {
        var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue(RequestType);
        var message = new HttpRequestMessage(HttpMethod.Post, authority) { Content = content };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(AnswerType));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Sign.Build", null));
        return message;
    }

    private void CheckHead(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            // Who says when to come back (usual also with 503) is throttling.
            var retryAfter = RetryAfterOf(answer);
            var kind = KindOf(answer.StatusCode);
            throw new TimestampFailureException(
                DescribeStatus(answer),
                kind == TimestampFailureKind.Transient && retryAfter is not null ? TimestampFailureKind.Throttled : kind)
            {
                RetryAfter = retryAfter,
            };
        }

        var type = answer.Content.Headers.ContentType?.MediaType;
        if (!AnswerType.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            var actual = type is null ? "without a content type" : $"with content type '{TimestampFailureException.Clause(type)}'";
            throw new TimestampFailureException($"it answered {actual} instead of {AnswerType}", TimestampFailureKind.Permanent);
        }

        if (answer.Content.Headers.ContentLength > MaximumAnswerLength)
        {
            throw TooLong();
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return body[..length];
            }

            length += read;
            if (length > MaximumAnswerLength)
            {
                throw TooLong();
            }

            if (length == body.Length)
            {
                Array.Resize(ref body, body.Length * 2);
            }
        }
    }

    private static TimestampFailureException TooLong() =>
        new($"its answer is longer than {MaximumAnswerLength} bytes", TimestampFailureKind.Permanent);

    private static string DescribeStatus(HttpResponseMessage answer)
    {
        var phrase = TimestampFailureException.Clause(answer.ReasonPhrase ?? "");
        return $"it answered HTTP {(int)answer.StatusCode}" + (phrase.Length == 0 ? "" : $" ({phrase})");
    }

    private static TimestampFailureKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => TimestampFailureKind.Throttled,
        HttpStatusCode.RequestTimeout => TimestampFailureKind.Transient,
        HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => TimestampFailureKind.Permanent,
        >= HttpStatusCode.InternalServerError => TimestampFailureKind.Transient,
        _ => TimestampFailureKind.Permanent,
    };

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
        _ => null,
    };

    private static TimestampFailureException Explain(HttpRequestException exception)
    {
        var socketError = (exception.InnerException as SocketException)?.SocketErrorCode;
        var (reason, kind) = exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => (
                "its name cannot be resolved",
                socketError == SocketError.TryAgain ? TimestampFailureKind.Transient : TimestampFailureKind.Permanent),
            HttpRequestError.ConnectionError => (
                socketError == SocketError.ConnectionRefused ? "it refused the connection" : "no connection: " + Innermost(exception),
                TimestampFailureKind.Transient),
            HttpRequestError.SecureConnectionError => (
                "no TLS connection: " + Innermost(exception),
                exception.InnerException is AuthenticationException ? TimestampFailureKind.Permanent : TimestampFailureKind.Transient),
            HttpRequestError.ProxyTunnelError => (
                "the proxy gave no connection: " + Innermost(exception),
                exception.StatusCode is { } status ? KindOf(status) : TimestampFailureKind.Transient),
            HttpRequestError.ResponseEnded => ("the connection ended before it answered", TimestampFailureKind.Transient),
            HttpRequestError.Unknown when exception.InnerException is IOException => ("the connection broke before it answered", TimestampFailureKind.Transient),
            _ => ("its answer is not HTTP that can be read: " + Innermost(exception), TimestampFailureKind.Permanent),
        };
        return new TimestampFailureException(reason, kind, exception);
    }

    private static string Innermost(Exception exception) => TimestampFailureException.Clause(exception.GetBaseException().Message);
}
