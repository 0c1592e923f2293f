using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Configuration;

/// <summary>Reads settings as a project in <see cref="Directory"/> would give them.</summary>
internal static class Read
{
    public static string Directory { get; } = Path.Combine(Path.GetTempPath(), "a project");

    public static SignBuildSettings With(params (string Name, string Value)[] properties) => With(SettingItems.None, properties);

    public static SignBuildSettings With(SettingItems items, params (string Name, string Value)[] properties) =>
        SettingsReader.Read(properties.ToDictionary(property => property.Name, property => property.Value), items, Directory);

    public static Diagnostic FailureWith(params (string Name, string Value)[] properties) =>
        Assert.ThrowsExactly<SignBuildException>(() => With(properties)).Diagnostic;
}
