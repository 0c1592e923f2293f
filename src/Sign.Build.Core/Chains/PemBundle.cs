using System.Formats.Asn1;

namespace Sign.Build.Core.Chains;

/// <summary>
/// A file with hundreds of root certificates, of which a chain needs one. Making all of them certificates costs 140 ms;
/// decoding them and comparing subjects costs five, so that is all that happens here, once and only when needed.
/// </summary>
internal sealed class PemBundle
{
    // The largest bundle known has half a megabyte.
    private const long LengthLimit = 64 * 1024 * 1024;
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    private readonly Lazy<Content> _content;

    public PemBundle(string path)
    {
        Path = path;
        _content = new Lazy<Content>(() => Read(path));
    }

    public string Path { get; }

    /// <summary>Why nothing could be read, or null.</summary>
    public string? Failure => _content.Value.Failure;

    /// <summary>The certificates with this subject, DER.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Find(ReadOnlyMemory<byte> subject, bool exact = true) =>
        CertificateNames.Find(_content.Value.Roots, subject, root => root.Subject, exact).Select(root => root.Certificate);

    private static Content Read(string path)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > LengthLimit)
            {
                return new Content([], "it is larger than any certificate bundle");
            }

            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Content([], "there is no such file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Content([], exception.Message);
        }

        return new Content(Parse(text), null);
    }

    private static List<Root> Parse(string text)
    {
        var roots = new List<Root>();
        var position = 0;
        while (true)
        {
            var begin = text.IndexOf(Begin, position, StringComparison.Ordinal);
            var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
            if (end < 0)
            {
                return roots;
            }

            position = end + End.Length;
            if (TryDecode(text.AsSpan((begin + Begin.Length)..end)) is { } root)
            {
                roots.Add(root);
            }
        }
    }

    // One unreadable block must not cost the others their trust.
    private static Root? TryDecode(ReadOnlySpan<char> base64)
    {
        var buffer = new byte[base64.Length];
        if (!Convert.TryFromBase64Chars(base64, buffer, out var length))
        {
            return null;
        }

        var certificate = buffer.AsMemory(0, length);
        try
        {
            return new Root(CertificateNames.ReadSubject(certificate), certificate);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private sealed record Root(ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte> Certificate);

    private sealed record Content(IReadOnlyList<Root> Roots, string? Failure);
}
