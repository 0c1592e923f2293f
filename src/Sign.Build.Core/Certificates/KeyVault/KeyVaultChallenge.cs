using System.Text;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>What a vault asks for with a 401: a token of which tenant for which resource.</summary>
/// <param name="Scope">Scope to request.</param>
/// <param name="TenantId">Tenant of the vault, or null where it names none.</param>
/// <param name="Claims">Further claims that the token must carry (continuous access evaluation), JSON, or null.</param>
internal sealed record KeyVaultChallenge(string Scope, string? TenantId, string? Claims)
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 8192;

    /// <summary>Reads the <c>WWW-Authenticate</c> headers of an answer of <paramref name="vaultHost"/>.</summary>
    /// <param name="headers">The header's values.</param>
    /// <param name="vaultHost">Host of the vault.</param>
    /// <param name="previous">The challenge before, or null; one that asks for further claims names no resource again.</param>
    /// <param name="problem">Why there is no usable challenge.</param>
    /// <returns>The challenge, or null.</returns>
    public static KeyVaultChallenge? Read(IEnumerable<string> headers, string vaultHost, KeyVaultChallenge? previous, out string problem)
    {
        problem = "it asks for no bearer token.";
        var header = headers.FirstOrDefault(value => value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length <= MaxLength);
        if (header is null)
        {
            return null;
        }

        var parameters = Parameters(header.AsSpan(Scheme.Length));
        var scope = parameters.TryGetValue("resource", out var resource) ? resource.TrimEnd('/') + "/.default"
            : parameters.GetValueOrDefault("scope");
        var claims = Decode(parameters.GetValueOrDefault("claims"));
        if (scope is null && claims is not null && previous is not null)
        {
            return previous with { Claims = claims };
        }

        if (scope is null || !Uri.TryCreate(scope, UriKind.Absolute, out var audience))
        {
            problem = "it does not say for which resource it wants a token.";
            return null;
        }

        // A vault of somebody else could ask for a token that opens another service. Only a token for the vault's own domain is fetched.
        // https://aka.ms/azsdk/blog/vault-uri
        if (audience.Scheme != Uri.UriSchemeHttps || !IsSameOrParent(audience.Host, vaultHost))
        {
            problem = $"it wants a token for '{SafeText.Line(audience.Host)}', which is not its own domain.";
            return null;
        }

        var authority = parameters.GetValueOrDefault("authorization") ?? parameters.GetValueOrDefault("authorization_uri");
        return new KeyVaultChallenge(scope, Tenant(authority), claims);
    }

    private static bool IsSameOrParent(string host, string vaultHost) =>
        vaultHost.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (host.Contains('.', StringComparison.Ordinal) && vaultHost.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));

    private static string? Tenant(string? authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var url) && url.AbsolutePath.Split('/') is ["", { Length: > 0 } tenant, ..]
        && tenant.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            ? tenant
            : null;

    private static string? Decode(string? claims)
    {
        var bytes = new byte[claims?.Length ?? 0];
        return claims is not null && Convert.TryFromBase64String(claims, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary><c>name="value", name=value</c>; of equal names the first one counts.</summary>
    private static Dictionary<string, string> Parameters(ReadOnlySpan<char> text)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (text.IndexOf('=') is >= 0 and var equals)
        {
            var name = text[..equals].Trim(" ,\t").ToString();
            text = text[(equals + 1)..].TrimStart();
            var quoted = text.StartsWith("\"");
            var value = quoted ? text[1..] : text;
            var end = quoted ? value.IndexOf('"') : value.IndexOfAny(',', ' ');
            end = end < 0 ? value.Length : end;
            result.TryAdd(name, value[..end].ToString());
            text = value[Math.Min(value.Length, end + 1)..];
        }

        return result;
    }
}
