using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Consumers;

/// <summary>
/// Writes whom consumers trust into a nuget.config: <c>signatureValidationMode=require</c> and the <c>trustedSigners</c> section.
/// Source: https://learn.microsoft.com/nuget/reference/nuget-config-file#trustedsigners-section.
/// </summary>
public static class TrustedSignersFile
{
    /// <summary>Merges entries into the file, which is made where there is none. What else is in it stays as it is.</summary>
    /// <param name="path">Absolute path of the nuget.config.</param>
    /// <param name="signers">The entries; one of the same kind and name is replaced.</param>
    /// <param name="cancellationToken">Stops before the file is touched.</param>
    /// <exception cref="SignBuildException">SGN3005: the file cannot be read or written; SGN1002: it is no nuget.config.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<TrustedSigner> signers, CancellationToken cancellationToken)
    {
        try
        {
            var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : null;
            var merged = Merge(text, signers);
            if (merged != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await ReplaceAsync(path, merged, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (XmlException e)
        {
            throw new SignBuildException(Diagnostics.InvalidValue("SignBuildNuGetConfigPath", path, "a nuget.config, or a file that does not exist yet. The XML in this one cannot be read"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(path, e.Message), e);
        }
    }

    /// <summary>The text of a nuget.config with the entries in it.</summary>
    /// <param name="text">What is there, or null.</param>
    /// <param name="signers">The entries.</param>
    /// <exception cref="XmlException">The text is no nuget.config.</exception>
    internal static string Merge(string? text, IReadOnlyList<TrustedSigner> signers)
    {
        var document = text is null ? new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement("configuration")) : Parse(text);
        var root = document.Root!.Name.LocalName == "configuration" ? document.Root : throw new XmlException("The root element is not 'configuration'.");
        SetKey(Section(root, "config"), "signatureValidationMode", "require");

        var section = Section(root, "trustedSigners");
        foreach (var signer in signers)
        {
            var entry = Entry(signer);
            var present = section.Elements(entry.Name).FirstOrDefault(element => string.Equals((string?)element.Attribute("name"), signer.Name, StringComparison.OrdinalIgnoreCase));
            if (present is null)
            {
                section.Add(entry);
            }
            else
            {
                present.ReplaceWith(entry);
            }
        }

        return Write(document, text);
    }

    // Indented and broken like the file that was there, so that a review sees the entries and nothing else.
    private static string Write(XDocument document, string? like)
    {
        var newLine = like?.Contains("\r\n", StringComparison.Ordinal) == true ? "\r\n" : "\n";
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = IndentOf(like), NewLineChars = newLine };
        var result = new StringBuilder();
        if (document.Declaration is { } declaration)
        {
            // The file is written in UTF-8, whatever it was before.
            declaration.Encoding = "utf-8";
            result.Append(declaration).Append(newLine);
        }

        using (var writer = XmlWriter.Create(result, settings))
        {
            document.Save(writer);
        }

        return result.Append(newLine).ToString();
    }

    private static string IndentOf(string? text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var element = line.TrimStart();
            if (element.Length < line.Length && element is ['<', ..])
            {
                return line[..^element.Length].ToString();
            }
        }

        return "  ";
    }

    // A nuget.config can hold passwords: whoever could not read the old file must not read the new one, nor anything left of it.
    private static async Task ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(path);
        }

        try
        {
            var stream = new FileStream(temporary, options);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static XDocument Parse(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        return XDocument.Load(reader);
    }

    private static XElement Section(XElement root, string name)
    {
        if (root.Element(name) is { } present)
        {
            return present;
        }

        var section = new XElement(name);
        root.Add(section);
        return section;
    }

    private static void SetKey(XElement section, string key, string value)
    {
        var present = section.Elements("add").FirstOrDefault(element => string.Equals((string?)element.Attribute("key"), key, StringComparison.OrdinalIgnoreCase));
        if (present is null)
        {
            section.Add(new XElement("add", new XAttribute("key", key), new XAttribute("value", value)));
        }
        else
        {
            present.SetAttributeValue("value", value);
        }
    }

    // NuGet compares fingerprints of entries with allowUntrustedRoot by case: upper case only.
    private static XElement Entry(TrustedSigner signer) => new(
        signer.ServiceIndexUrl is null ? "author" : "repository",
        new XAttribute("name", signer.Name),
        signer.ServiceIndexUrl is null ? null : new XAttribute("serviceIndex", signer.ServiceIndexUrl.AbsoluteUri),
        signer.Fingerprints.Select(fingerprint => new XElement(
            "certificate",
            new XAttribute("fingerprint", fingerprint.ToUpperInvariant()),
            new XAttribute("hashAlgorithm", "SHA256"),
            new XAttribute("allowUntrustedRoot", signer.AllowUntrustedRoot ? "true" : "false"))),
        signer.Owners.Count == 0 ? null : new XElement("owners", string.Join(';', signer.Owners)));
}
