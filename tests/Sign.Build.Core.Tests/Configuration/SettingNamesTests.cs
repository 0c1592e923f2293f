using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Tests.Documentation;

namespace Sign.Build.Core.Tests.Configuration;

/// <summary>A property that the targets do not pass on would be without effect, and nobody would be told.</summary>
[TestClass]
public sealed partial class SettingNamesTests
{
    [TestMethod]
    public void Read_Always_AsksForThePropertiesThatTheTargetsPassOn()
    {
        var asked = new NotedNames();

        SettingsReader.Read(asked, SettingItems.None, Read.Directory);

        CollectionAssert.AreEqual(PassedOn(), asked.Names.Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void Targets_Always_PassOnEachPropertyUnderItsOwnName()
    {
        var pairs = PassedProperty().Matches(Targets).Select(match => (Item: match.Groups["item"].Value, Property: match.Groups["property"].Value)).ToArray();

        Assert.AreNotEqual(0, pairs.Length);
        CollectionAssert.AreEqual(pairs.Select(pair => pair.Item).ToArray(), pairs.Select(pair => pair.Property).ToArray());
    }

    private static string Targets => Repository.Read("build/Sign.Build.targets");

    private static string[] PassedOn() => [.. PassedProperty().Matches(Targets).Select(match => match.Groups["item"].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex("""<_SignBuildSetting Include="(?<item>\w+)" Value="\$\((?<property>\w+)\)" />""")]
    private static partial Regex PassedProperty();

    /// <summary>A project that sets nothing, and remembers what it was asked for.</summary>
    private sealed class NotedNames : IReadOnlyDictionary<string, string>
    {
        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        public IEnumerable<string> Keys => [];

        public IEnumerable<string> Values => [];

        public int Count => 0;

        public string this[string key] => throw new KeyNotFoundException(key);

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
        {
            Names.Add(key);
            value = null;
            return false;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, string>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
