using System.Reflection;
using System.Text.RegularExpressions;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>One diagnostic of every kind that the code can report.</summary>
internal static partial class RaisedDiagnostics
{
    private const string TargetsFile = "build/Sign.Build.targets";

    /// <summary>What the tasks report: every method of <see cref="Diagnostics"/>, called with some arguments.</summary>
    public static IReadOnlyList<Diagnostic> OfTasks { get; } =
    [
        .. typeof(Diagnostics).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => (Diagnostic)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!),
    ];

    /// <summary>Code and help link of every error that the targets report themselves.</summary>
    public static IReadOnlyList<(string Code, string HelpLink)> OfTargets { get; } =
    [
        .. TargetsError().Matches(Repository.Read(TargetsFile)).Select(match => (
            match.Groups["code"].Value,
            match.Groups["link"].Value.Replace("$(_SignBuildHelp)", HelpRoot().Match(Repository.Read(TargetsFile)).Groups["root"].Value, StringComparison.Ordinal))),
    ];

    /// <summary>All codes, sorted.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. OfTasks.Select(diagnostic => diagnostic.Code).Concat(OfTargets.Select(error => error.Code)).Distinct().Order(StringComparer.Ordinal),
    ];

    private static object Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { } type when type == typeof(string) => parameter.Name!,
        { } type when type == typeof(int) => 1,
        { } type when type == typeof(long) => 1L,
        { } type when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        { } type when type == typeof(IReadOnlyList<string>) => (string[])[parameter.Name!],
        { } type => throw new NotSupportedException($"{parameter.Member.Name} has a parameter of type {type}."),
    };

    [GeneratedRegex("<Error [^>]*?Code=\"(?<code>[^\"]+)\" HelpLink=\"(?<link>[^\"]+)\"")]
    private static partial Regex TargetsError();

    [GeneratedRegex("<_SignBuildHelp>(?<root>[^<]+)</_SignBuildHelp>")]
    private static partial Regex HelpRoot();
}
