using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sign.Build.Core;

/// <summary>
/// Makes text that strangers wrote (subjects of certificates, names inside packages, answers of servers) fit for one line of a build log:
/// no line breaks, no control or invisible characters that could forge or hide another line, and not longer than a reader needs.
/// </summary>
public static class SafeText
{
    private const int DefaultLength = 200;
    private const int LongestLogLine = 32 * 1024;

    /// <summary><paramref name="text"/> as part of one line.</summary>
    /// <param name="text">Text from anywhere.</param>
    /// <param name="maximumLength">What is longer is cut and ends in three dots; not in an ellipsis, which not every console can show.</param>
    public static string Line(string? text, int maximumLength = DefaultLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, maximumLength + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maximumLength)
            {
                return line.Append("...").ToString();
            }

            if (IsHarmless(rune))
            {
                line.Append(rune);
            }
            else
            {
                line.Append('?');
            }
        }

        return line.ToString();
    }

    /// <summary>
    /// A whole line of a log. Ours are one line each, so what breaks one is in a name within it, such as that of a file.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? LogLine(string? text) => text is null ? null : WithoutCommands(Line(text, LongestLogLine));

    /// <summary>A sentence as the end of another one: on one line, small at the start, without a full stop.</summary>
    public static string Clause(string? sentence) =>
        Line(sentence).TrimEnd('.', ' ') is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : "";

    /// <summary>
    /// The same text (one line or more) without anything that a CI system obeys when it reads a log: Azure Pipelines and GitHub's
    /// older commands are <c>##</c> and a bracket anywhere in a line, GitHub's newer ones <c>::</c> at its start.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? WithoutCommands(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var result = new StringBuilder(text.Length);
        var atStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (atStart && text.AsSpan(i).StartsWith("::"))
            {
                result.Append('\'');
            }
            else if (text[i] == '#' && i > 0 && text[i - 1] == '#')
            {
                result.Append(' ');
            }

            result.Append(text[i]);
            atStart = text[i] is '\r' or '\n' || (atStart && char.IsWhiteSpace(text[i]));
        }

        return result.ToString();
    }

    /// <summary>The name by which people know a certificate: its common name, else its whole subject, else its serial number.</summary>
    public static string DisplayName(X509Certificate2 certificate)
    {
        try
        {
            var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            return string.IsNullOrWhiteSpace(name) ? FromSubject(certificate) : Line(name);
        }
        catch (CryptographicException)
        {
            return "serial number " + certificate.SerialNumber;
        }
    }

    private static string FromSubject(X509Certificate2 certificate) =>
        string.IsNullOrWhiteSpace(certificate.Subject) ? "serial number " + certificate.SerialNumber : Line(certificate.Subject);

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
