using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary>Text of strangers inside Markdown: it may look like anything, and must stay text.</summary>
internal static class Markdown
{
    /// <summary>
    /// One line without any meaning to Markdown or HTML, also inside a table cell. Punctuation becomes a character reference,
    /// which every renderer shows as the character and none takes as syntax. Mail addresses and mentions are looked for after the
    /// references were resolved, so a comment keeps an @ apart from what follows.
    /// </summary>
    public static string Text(string? text)
    {
        var result = new StringBuilder();
        foreach (var character in SafeText.Line(text))
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

    /// <summary>A hash in hex or base64 as code; whatever is no such character is left out.</summary>
    public static string Hash(string hash) =>
        $"`{string.Concat(hash.Where(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '='))}`";
}
