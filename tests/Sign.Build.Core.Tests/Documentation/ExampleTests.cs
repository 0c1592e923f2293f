using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>Examples can be copied.</summary>
[TestClass]
public sealed partial class ExampleTests
{
    [TestMethod]
    public void Example_InXmlOrJson_CanBeParsed()
    {
        var broken = new List<string>();
        foreach (var file in Repository.MarkdownFiles)
        {
            foreach (Match example in Example().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            {
                if (Problem(example.Groups["language"].Value, example.Groups["text"].Value) is { } problem)
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, file)}: {problem}\n{example.Groups["text"].Value}");
                }
            }
        }

        Assert.AreEqual("", string.Join('\n', broken));
    }

    // Most examples in XML are parts of a project file: several elements without a root.
    private static string? Problem(string language, string text)
    {
        try
        {
            if (language == "xml")
            {
                _ = XDocument.Parse(text.StartsWith("<?xml", StringComparison.Ordinal) ? text : $"<Project>{text}</Project>");
            }
            else
            {
                using var document = JsonDocument.Parse(text);
            }

            return null;
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("^ *```(?<language>xml|json)\n(?<text>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
