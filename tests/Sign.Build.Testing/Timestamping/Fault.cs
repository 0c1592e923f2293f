using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>What a <see cref="FaultServer"/> does with a request.</summary>
/// <param name="Name">For the name of a test.</param>
/// <param name="Play">Does it.</param>
public sealed record Fault(string Name, Func<FaultExchange, Task> Play)
{
    private const string ReplyType = "Content-Type: application/timestamp-reply\r\n";

    /// <summary>The right answer.</summary>
    public static Fault None { get; } = Token("good", new());

    /// <summary>Takes the request and says nothing.</summary>
    public static Fault Silent { get; } = new("silent", exchange => exchange.HangAsync());

    /// <summary>Promises a body and does not send it.</summary>
    public static Fault SilentAfterHead { get; } = new("silent after the head", async exchange =>
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{ReplyType}Content-Length: 5000\r\n\r\n0");
        await exchange.HangAsync();
    });

    /// <summary>Sends a body that never ends, a byte at a time.</summary>
    public static Fault Dripping { get; } = new("dripping", async exchange =>
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{ReplyType}Content-Length: 500000\r\n\r\n");
        await exchange.DripAsync();
    });

    /// <summary>Resets the connection instead of an answer.</summary>
    public static Fault Reset { get; } = new("reset", exchange => Do(exchange.Reset));

    /// <summary>Closes the connection instead of an answer.</summary>
    public static Fault Closed { get; } = new("closed", exchange => Do(exchange.Close));

    /// <summary>Resets the connection within the body.</summary>
    public static Fault ResetInBody { get; } = new("reset in the body", async exchange =>
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{ReplyType}Content-Length: 5000\r\n\r\n0000");
        exchange.Reset();
    });

    /// <summary>Sends a part of the right answer, and closes.</summary>
    public static Fault Truncated { get; } = new("truncated", async exchange =>
    {
        var body = CreateToken(exchange, new());
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{ReplyType}Content-Length: {body.Length}\r\n\r\n");
        await exchange.SendAsync(body[..(body.Length / 2)]);
        exchange.Close();
    });

    /// <summary>A part of the right answer that claims to be whole.</summary>
    public static Fault HalfToken { get; } = new("half a token", async exchange =>
    {
        var body = CreateToken(exchange, new());
        await exchange.AnswerAsync("200 OK", ReplyType, body[..(body.Length / 2)]);
    });

    /// <summary>Something that is not HTTP.</summary>
    public static Fault NotHttp { get; } = new("not HTTP", async exchange =>
    {
        await exchange.SendAsync("220 mail.example ESMTP ready\r\n");
        exchange.Close();
    });

    /// <summary>Bytes that are no RFC 3161 response.</summary>
    public static Fault Garbage { get; } = new("garbage", exchange => exchange.AnswerAsync("200 OK", ReplyType, RandomNumberGenerator.GetBytes(4000)));

    /// <summary>No bytes.</summary>
    public static Fault Empty { get; } = new("empty", exchange => exchange.AnswerAsync("200 OK", ReplyType, []));

    /// <summary>A body that says beforehand that it is too long.</summary>
    public static Fault Oversized { get; } = new("oversized", exchange => exchange.AnswerAsync("200 OK", ReplyType, new byte[(1 << 20) + 1]));

    /// <summary>A body that does not say how long it is, and is too long.</summary>
    public static Fault OversizedInChunks { get; } = new("oversized in chunks", async exchange =>
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{ReplyType}Transfer-Encoding: chunked\r\n\r\n");
        for (var chunk = 0; chunk < 40; chunk++)
        {
            await exchange.SendAsync([.. Encoding.ASCII.GetBytes("10000\r\n"), .. new byte[0x10000], .. "\r\n"u8]);
        }

        await exchange.SendAsync("0\r\n\r\n");
    });

    /// <summary>The right body as a web page.</summary>
    public static Fault WrongContentType { get; } = new("content type", exchange => exchange.AnswerAsync("200 OK", "Content-Type: text/html; charset=utf-8\r\n", CreateToken(exchange, new())));

    /// <summary>The right body without a type.</summary>
    public static Fault NoContentType { get; } = new("no content type", exchange => exchange.AnswerAsync("200 OK", "", CreateToken(exchange, new())));

    /// <summary>An answer with any status, and a page for humans.</summary>
    public static Fault Status(int status, string phrase = "Status", string headers = "") =>
        new($"HTTP {status}", exchange => exchange.AnswerAsync($"{status} {phrase}", headers + "Content-Type: text/html\r\n", "<html>Sorry</html>"u8.ToArray()));

    /// <summary>429, with the seconds to wait where they are given.</summary>
    public static Fault TooManyRequests(int? retryAfter = null) =>
        Status(429, "Too Many Requests", retryAfter is null ? "" : $"Retry-After: {retryAfter}\r\n");

    /// <summary>Sends the client elsewhere.</summary>
    public static Fault Redirect(int status, Uri target) => Status(status, "Elsewhere", $"Location: {target}\r\n");

    /// <summary>Speaks HTTP as it should, and answers with a token as it is told.</summary>
    public static Fault Token(string name, TestTimestampOptions options) =>
        new(name, exchange => exchange.AnswerAsync("200 OK", ReplyType, CreateToken(exchange, options)));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static byte[] CreateToken(FaultExchange exchange, TestTimestampOptions options) =>
        Rfc3161TimestampRequest.TryDecode(exchange.Request, out var request, out var read) && read == exchange.Request.Length
            ? TestTimestampToken.CreateResponse(request, options)
            : throw new InvalidDataException("The client sent no RFC 3161 request.");

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
