using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sign.Build.Testing;

/// <summary>What a request to a vault is for.</summary>
public enum TestVaultRequest
{
    /// <summary>A token.</summary>
    Token,

    /// <summary>Anything without a token: answered with a challenge.</summary>
    Challenge,

    /// <summary>The certificate, with a token.</summary>
    Certificate,

    /// <summary>A signature, with a token.</summary>
    Sign,
}

/// <summary>What a service does instead of answering properly.</summary>
public sealed class TestVaultFault
{
    private readonly Func<HttpContext, CancellationToken, Task> _answer;

    private TestVaultFault(Func<HttpContext, CancellationToken, Task> answer)
    {
        _answer = answer;
    }

    /// <summary>Never answers.</summary>
    public static TestVaultFault Hang { get; } = new((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

    /// <summary>Closes the connection.</summary>
    public static TestVaultFault Drop { get; } = new((context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>A sign-in page with status 200, as a captive portal gives.</summary>
    public static TestVaultFault Html { get; } = new(async (context, cancellationToken) =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><title>Sign in</title>", cancellationToken);
    });

    /// <summary>A temporary redirect to another host.</summary>
    public static TestVaultFault Redirect { get; } = new((context, _) =>
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = "https://elsewhere.vault.test/";
        return Task.CompletedTask;
    });

    /// <summary>Answers one space at a time, for ever.</summary>
    public static TestVaultFault SlowBytes { get; } = new(async (context, cancellationToken) =>
    {
        context.Response.ContentType = "application/json";
        while (true)
        {
            await context.Response.WriteAsync(" ", cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            await Task.Delay(20, cancellationToken);
        }
    });

    /// <summary>An endless answer.</summary>
    public static TestVaultFault Endless { get; } = new(async (context, cancellationToken) =>
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        context.Response.ContentType = "application/json";
        var block = new byte[16384];
        block.AsSpan().Fill((byte)' ');
        while (true)
        {
            await context.Response.Body.WriteAsync(block, cancellationToken);
        }
    });

    /// <summary>A service error.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Error code.</param>
    /// <param name="message">Error text.</param>
    /// <param name="innerCode">Inner error code, or null.</param>
    /// <param name="retryAfter">Seconds of <c>Retry-After</c>, or null.</param>
    public static TestVaultFault Error(int status, string code = "InternalError", string message = "It did not work.", string? innerCode = null, int? retryAfter = null) => new(async (context, cancellationToken) =>
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await TestKeyVault.WriteErrorAsync(context, status, code, message, innerCode, cancellationToken);
    });

    /// <summary>Too many requests.</summary>
    /// <param name="retryAfter">Seconds to wait, or null.</param>
    public static TestVaultFault Throttled(int? retryAfter) => Error(429, "Throttled", "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached", retryAfter: retryAfter);

    /// <summary>A proper answer of any kind.</summary>
    public static TestVaultFault Json(string json) => new(async (context, cancellationToken) =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json, cancellationToken);
    });

    internal Task AnswerAsync(HttpContext context, CancellationToken cancellationToken) => _answer(context, cancellationToken);
}
