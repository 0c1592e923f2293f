using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary>Text of strangers inside Markdown: it may look like anything, and must stay text.</summary>
internal static class Markdown
{
    /// <summary>
    /// One line without any meaning to Markdown or HTML, also inside a table cell. Punctuation becomes a character reference,
    /// which every renderer shows as the character and none takes as syntax, a link or a mention.
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
                result.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
            }
        }

        return result.ToString();
    }
}
