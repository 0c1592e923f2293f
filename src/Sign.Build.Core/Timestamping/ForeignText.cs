using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Timestamping;

/// <summary>Text that a server chose, made fit for a log.</summary>
internal static class ForeignText
{
    private const int MaximumLength = 200;

    /// <summary>The text on one line, without control and invisible characters, and not longer than a reader wants.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= MaximumLength)
            {
                return line.ToString().TrimEnd() + "…";
            }

            var visible = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
            if (visible)
            {
                line.Append(rune.ToString());
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd(' ', '.');
    }
}
