using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary>JSON that somebody may print into the log of a CI job.</summary>
internal static class JsonText
{
    /// <summary>
    /// The same JSON without two # in a row, so that an Azure pipeline does not run what a name says: <c>##vso[...]</c>. Only strings
    /// have them; the writer's encoder leaves them as they are, and one of our own would cost every build its set-up.
    /// </summary>
    public static byte[] WithoutCommands(ReadOnlySpan<byte> json) => json.IndexOf("##"u8) < 0
        ? json.ToArray()
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("##", "#\\u0023", StringComparison.Ordinal));
}
