using System.Globalization;
using System.Security.Cryptography;

namespace Sign.Build.Core.Configuration;

/// <summary>
/// The properties of one project by name, read with their types. An empty value is the default; one that a property
/// cannot have is SGN1002 with the property's name, its value and what it may be.
/// </summary>
/// <param name="values">Values by property name (<c>SignBuildMode</c> …).</param>
/// <param name="projectDirectory">Absolute folder that relative paths start from.</param>
internal sealed class SettingValues(IReadOnlyDictionary<string, string> values, string projectDirectory)
{
    private const int LongestVariableName = 128;

    public string? Text(string name) =>
        values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public string Text(string name, string defaultValue) => Text(name) ?? defaultValue;

    /// <summary>The name of an environment variable. What cannot be one is not shown: it may be the secret that the variable should hold.</summary>
    public string? VariableName(string name) =>
        Text(name) is not { } value || (value.Length <= LongestVariableName && value.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '(' or ')'))
            ? Text(name)
            : throw new SignBuildException(Diagnostics.InvalidValue(name, "not shown, because it may be the secret itself", "the name of an environment variable, which holds the secret"));

    public string? Path(string name) => Text(name) is { } value ? Absolute(value) : null;

    public string Absolute(string path) => System.IO.Path.GetFullPath(path.Replace('\\', System.IO.Path.DirectorySeparatorChar), projectDirectory);

    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public T Choice<T>(string name, T defaultValue)
        where T : struct, Enum
    {
        if (Text(name) is not { } value)
        {
            return defaultValue;
        }

        // Enum.TryParse also takes numbers and lists, which no property means.
        var match = Array.Find(Enum.GetNames<T>(), candidate => candidate.Equals(value, StringComparison.OrdinalIgnoreCase));
        return match is null
            ? throw new SignBuildException(Diagnostics.InvalidValue(name, value, OneOf(Enum.GetNames<T>())))
            : Enum.Parse<T>(match);
    }

    public bool Flag(string name, bool defaultValue) => ParseFlag(name, Text(name) ?? "", defaultValue);

    public static bool ParseFlag(string name, string value, bool defaultValue) => value.Trim().ToLowerInvariant() switch
    {
        "" => defaultValue,
        "true" => true,
        "false" => false,
        var other => throw new SignBuildException(Diagnostics.InvalidValue(name, other, OneOf("true", "false"))),
    };

    public int Number(string name, int minimum, int maximum, int defaultValue)
    {
        if (Text(name) is not { } value)
        {
            return defaultValue;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new SignBuildException(Diagnostics.InvalidValue(name, value, $"a whole number from {minimum} to {maximum}"));
    }

    public HashAlgorithmName Hash(string name, HashAlgorithmName defaultValue) => Text(name)?.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        null => defaultValue,
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => throw new SignBuildException(Diagnostics.InvalidValue(name, Text(name)!, OneOf("SHA256", "SHA384", "SHA512"))),
    };

    public Uri? Url(string name, params ReadOnlySpan<string> schemes) =>
        Text(name) is { } value ? ParseUrl(name, value, schemes) : null;

    public static Uri ParseUrl(string name, string value, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme) && url.UserInfo.Length == 0
            ? url
            : throw new SignBuildException(Diagnostics.InvalidValue(name, WithoutUserInfo(value), "an absolute URL with " + string.Join(" or ", schemes.ToArray())
                + " and without user name or password"));

    private static string OneOf(params ReadOnlySpan<string> values) => $"{string.Join(", ", values[..^1]!)} or {values[^1]}";

    // A URL with credentials in it is a secret that must not reach the log.
    private static string WithoutUserInfo(string value)
    {
        var at = value.LastIndexOf('@');
        return at < 0 ? value : "***" + value[at..];
    }
}
