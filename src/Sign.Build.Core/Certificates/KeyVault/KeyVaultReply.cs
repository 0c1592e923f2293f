using System.Text.Json;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>One answer of the vault.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">Content type without parameters, or empty.</param>
/// <param name="Body">The body, bounded.</param>
/// <param name="Challenges">Values of <c>WWW-Authenticate</c>.</param>
/// <param name="RetryAfter">How long the vault asks to wait, or null.</param>
internal sealed record KeyVaultReply(int Status, string MediaType, ReadOnlyMemory<byte> Body, IReadOnlyList<string> Challenges, TimeSpan? RetryAfter)
{
    public bool IsUnauthorized => Status == 401;

    public bool IsThrottled => Status == 429 || (Status == 503 && RetryAfter is not null);

    /// <summary>Whether the same request may succeed later.</summary>
    public bool MayPass => Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>The body as a JSON object, or null where it is none.</summary>
    public JsonElement? Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The service's own error: codes from the outer to the inner one, and its message.</summary>
    public (string Code, string InnerCode, string Message) Error()
    {
        if (Json()?.Member("error") is not { } error)
        {
            return ("", "", "");
        }

        var inner = error.Member("innererror") ?? error.Member("innerError");
        return (error.Text("code") ?? "", inner?.Text("code") ?? "", error.Text("message") ?? "");
    }

    /// <summary>Status, code and the first line of the message.</summary>
    public string Summary()
    {
        var (code, innerCode, message) = Error();
        var codes = string.Join("/", new[] { code, innerCode }.Where(text => text.Length > 0).Select(ServiceText.FirstLine));
        return $"HTTP {Status}" + (codes.Length == 0 ? "" : " " + codes) + (message.Length == 0 ? "." : ": " + ServiceText.FirstLine(message));
    }
}
