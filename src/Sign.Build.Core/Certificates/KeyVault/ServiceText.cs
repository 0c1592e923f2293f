using System.Buffers;
using System.Text;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>What a service or a library says about a fault, fit for a log: one short line, and never a token.</summary>
internal static class ServiceText
{
    private const int MaximumLength = 300;

    // Every JWT starts with the base64url form of '{"'. Whoever echoes one would otherwise put it into the build log.
    private const string TokenStart = "eyJ";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=");

    /// <summary>The first line. The libraries' later lines hold headers and whole answers.</summary>
    public static string FirstLine(string? text)
    {
        var line = (text ?? "").AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return SafeText.Line(WithoutTokens(end < 0 ? line : line[..end].TrimEnd()), MaximumLength);
    }

    /// <summary>What a sign-in says: from the identity provider's own error code on where there is one.</summary>
    public static string OfSignIn(string text)
    {
        var code = text.IndexOf("AADSTS", StringComparison.Ordinal);
        return FirstLine(code < 0 ? text : text[code..]);
    }

    private static string WithoutTokens(ReadOnlySpan<char> line)
    {
        var result = new StringBuilder();
        while (line.IndexOf(TokenStart) is >= 0 and var start)
        {
            result.Append(line[..start]).Append("***");
            var end = line[start..].IndexOfAnyExcept(TokenCharacters);
            line = end < 0 ? [] : line[(start + end)..];
        }

        return result.Append(line).ToString();
    }
}
