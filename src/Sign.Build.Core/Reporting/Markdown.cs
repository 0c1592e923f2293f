using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary>Text of strangers inside Markdown: it may look like anything, and must stay text.</summary>
internal static class Markdown
{
    private const int LongestMessage = 4000;

    /// <summary>
    /// One line without any meaning to Markdown or HTML, also inside a table cell. Punctuation becomes a character reference,
    /// which every renderer shows as the character and none takes as syntax. Mail addresses and mentions are looked for after the
    /// references were resolved, so a comment keeps an @ apart from what follows.
    /// </summary>
    public static string Text(string? text) => Escape(SafeText.Line(text));

    /// <summary>The text of a diagnostic in the same way. It is our own but for the names in it, and longer than any name.</summary>
    public static string Message(string text) => Escape(SafeText.Line(text, LongestMessage));

    /// <summary>A hash in hex or base64 as code; whatever is no such character is left out.</summary>
    public static string Hash(string hash) =>
        $"`{string.Concat(hash.Where(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '='))}`";

    private static string Escape(string line)
    {
        var result = new StringBuilder();
        foreach (var character in line)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is ' ' or ',' or '=' || character > '~')
            {
                result.Append(character);
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"&#{(int)character};").Append(character == '@' ? "<!-- -->" : "");
            }
        }

        return result.ToString();
    }
}
