namespace Sign.Build.Tasks;

/// <summary>Text for items. MSBuild takes them escaped: a <c>%</c> or <c>;</c> in a path or subject must stay one.</summary>
internal static class MSBuildText
{
    public static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);
}
