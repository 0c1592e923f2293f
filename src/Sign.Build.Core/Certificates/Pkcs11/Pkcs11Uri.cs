namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>
/// The RFC 7512 URI of <c>SignBuildPkcs11Key</c>, as far as it matters here: what names the key, and the token's driver.
/// A PIN in it is refused, wherever it stands, because a property is no place for a secret and libp11 prints the URI.
/// </summary>
internal sealed class Pkcs11Uri
{
    private const string Property = "SignBuildPkcs11Key";
    private const string Scheme = "pkcs11:";
    private static readonly string[] KeyAttributes = ["object", "id", "type"];

    private readonly string[] _attributes;

    private Pkcs11Uri(string[] attributes, string? modulePath)
    {
        _attributes = attributes;
        ModulePath = modulePath;
    }

    /// <summary>The token's driver (<c>module-path</c>), or null for the one that OpenSSL is configured with.</summary>
    public string? ModulePath { get; }

    /// <summary>The URI of the key, without query.</summary>
    public string Key => Scheme + string.Join(';', _attributes);

    /// <summary><see cref="Key"/> with its type, so that a certificate or public key of the same name is not meant.</summary>
    public string PrivateKey => Array.Exists(_attributes, attribute => NameOf(attribute) == "type") ? Key : Key + ";type=private";

    /// <summary>The URI of the token that the key is in, or of any token.</summary>
    public string Token => Scheme + string.Join(';', _attributes.Where(attribute => !KeyAttributes.Contains(NameOf(attribute), StringComparer.Ordinal)));

    /// <summary>Reads a URI.</summary>
    /// <exception cref="SignBuildException">SGN1002: no such URI; SGN1005: it holds a PIN.</exception>
    public static Pkcs11Uri Parse(string text, string pinVariable)
    {
        // Before anything that shows the text. Older drivers take the attribute in any place and encoding.
        if (Uri.UnescapeDataString(text).Contains("pin-value", StringComparison.OrdinalIgnoreCase))
        {
            throw new SignBuildException(Diagnostics.SecretInProperty(
                $"pin-value from {Property}", $"the environment variable '{pinVariable}' (SignBuildPkcs11PinVariable)").About(Property));
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(text, "an RFC 7512 URI of a private key, pkcs11:token=...;object=...");
        }

        var question = text.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? text[Scheme.Length..] : text[Scheme.Length..question];
        var query = question < 0 ? "" : text[(question + 1)..];
        var attributes = path.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(attributes, attribute => !attribute.Contains('=', StringComparison.Ordinal)) is { } odd)
        {
            throw Invalid(text, $"an RFC 7512 URI, pkcs11:token=...;object=..., in which every part has a name ('{odd}' has none)");
        }

        string? modulePath = null;
        foreach (var attribute in query.Split('&', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(attributes.Where(attribute => NameOf(attribute) == "pin-source")))
        {
            modulePath = NameOf(attribute) switch
            {
                "module-path" when !attribute.Contains('=', StringComparison.Ordinal) =>
                    throw Invalid(text, "the URI with the file of the token's driver in module-path, pkcs11:token=…;object=…?module-path=/usr/lib/….so"),
                "module-path" => Uri.UnescapeDataString(attribute["module-path=".Length..]),
                "pin-source" => throw Invalid(text, $"the URI without pin-source, and the environment variable '{pinVariable}' (SignBuildPkcs11PinVariable) to the PIN"),
                var name => throw Invalid(text, $"the URI without the query attribute {name}; only module-path is known"),
            };
        }

        return new Pkcs11Uri(attributes, modulePath);
    }

    private static string NameOf(string attribute) => attribute.Split('=', 2)[0];

    private static SignBuildException Invalid(string text, string allowed) => new(Diagnostics.InvalidValue(Property, text, allowed));
}
