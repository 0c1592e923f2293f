using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Core.Verification;

/// <summary>The text that a package signature signs: the format's version and the hash of the package without its signature.</summary>
/// <param name="HashAlgorithm">SHA-256, SHA-384 or SHA-512.</param>
/// <param name="Hash">The hash.</param>
public sealed record SignedContent(HashAlgorithmName HashAlgorithm, ReadOnlyMemory<byte> Hash)
{
    private const string HashSuffix = "-Hash";

    /// <summary>Reads the text as NuGet does: two sections of <c>name:value</c> lines, each closed by an empty line; any line ends.</summary>
    /// <returns>The content, or null and the defect.</returns>
    internal static (SignedContent? Content, SignatureDefect? Defect) Parse(ReadOnlySpan<byte> text)
    {
        using var lines = new StringReader(Encoding.UTF8.GetString(text));
        if (ReadSection(lines) is not { Count: > 0 } header || !header.TryGetValue("Version", out var version))
        {
            return Malformed("the signed content does not start with a 'Version' section");
        }

        if (version != "1")
        {
            return (null, new SignatureDefect("NU3007", $"the signature has format version '{SafeText.Line(version, 20)}', and only version 1 is known"));
        }

        if (ReadSection(lines) is not { Count: > 0 } body)
        {
            return Malformed("the signed content has no complete section with the package's hash");
        }

        return ReadHash(body);
    }

    private static (SignedContent? Content, SignatureDefect? Defect) ReadHash(Dictionary<string, string> section)
    {
        foreach (var (name, value) in section)
        {
            if (name.EndsWith(HashSuffix, StringComparison.Ordinal) && AcceptedAlgorithms.Hash(name[..^HashSuffix.Length]) is { } algorithm)
            {
                var hash = new byte[value.Length];
                return Convert.TryFromBase64String(value, hash, out var length)
                    ? (new SignedContent(algorithm, hash.AsMemory(0, length)), null)
                    : Malformed("the package's hash in the signed content is not base64");
            }
        }

        return Malformed($"the signed content has no SHA-256, SHA-384 or SHA-512 hash of the package, but '{SafeText.Line(string.Join("', '", section.Keys), 100)}'");
    }

    // Null where the section is malformed, or the text ends before the empty line that closes it.
    private static Dictionary<string, string>? ReadSection(StringReader lines)
    {
        var section = new Dictionary<string, string>(StringComparer.Ordinal);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                return section;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == line.Length - 1 || !IsName(line.AsSpan(0, colon)) || !section.TryAdd(line[..colon], line[(colon + 1)..]))
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    private static (SignedContent? Content, SignatureDefect? Defect) Malformed(string reason) => (null, new SignatureDefect("NU3000", reason));
}
