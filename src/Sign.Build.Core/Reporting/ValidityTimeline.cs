using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Sign.Build.Core.Reporting;

/// <summary>A picture (SVG) of when each certificate of a report is valid, so that an expiry is seen before it hurts.</summary>
internal static class ValidityTimeline
{
    private const int Width = 960;
    private const int LabelWidth = 330;
    private const int RowHeight = 26;
    private const int Top = 44;
    private const int LabelLength = 46;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws all certificates of the report, each once.</summary>
    public static byte[] Draw(BuildReport report, DateTimeOffset now)
    {
        var certificates = report.Packages
            .SelectMany(package => package.Signer.Select(certificate => new Entry("signer", certificate))
                .Concat(package.Timestamp.Chain.Select(certificate => new Entry("timestamp", certificate))))
            .DistinctBy(entry => entry.Role + entry.Certificate.Sha256)
            .ToList();
        var scale = new Scale(now, certificates.ConvertAll(entry => entry.Certificate));
        var height = Top + (certificates.Count * RowHeight) + 16;
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"),
            new XAttribute("width", Width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 12),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
            Label(8, 20, "Validity of the certificates", "#24292f", bold: true),
            certificates.Select((entry, row) => Row(entry.Role, entry.Certificate, row, scale, now)),
            Now(scale, now, height));
        return Encoding.UTF8.GetBytes(new XDocument(picture).ToString());
    }

    private static IEnumerable<XElement> Row(string role, CertificateReport certificate, int row, Scale scale, DateTimeOffset now)
    {
        var y = Top + (row * RowHeight);
        var start = scale.X(certificate.NotBefore);
        var end = scale.X(certificate.NotAfter);
        yield return Label(8, y + 14, $"{role}: {ShortName(certificate.Subject)}", "#24292f");
        yield return new XElement(
            Svg + "rect",
            new XAttribute("x", Number(start)),
            new XAttribute("y", y + 2),
            new XAttribute("width", Number(Math.Max(2, end - start))),
            new XAttribute("height", 16),
            new XAttribute("rx", 3),
            new XAttribute("fill", Color(certificate, now)),
            new XElement(Svg + "title", $"{SafeText.WithoutCommands(SafeText.Line(certificate.Subject))}: {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}"));
        var textStart = Math.Clamp(end + 4, LabelWidth, Width - 70);
        yield return Label(textStart, y + 14, certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "#57606a");
    }

    private static IEnumerable<XElement> Now(Scale scale, DateTimeOffset now, int height)
    {
        var x = scale.X(now);
        yield return new XElement(
            Svg + "line",
            new XAttribute("x1", Number(x)),
            new XAttribute("x2", Number(x)),
            new XAttribute("y1", Top - 8),
            new XAttribute("y2", height - 8),
            new XAttribute("stroke", "#cf222e"),
            new XAttribute("stroke-dasharray", "4 3"));
        yield return Label(Math.Min(x - 30, Width - 70), Top - 12, now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "#cf222e");
    }

    // Red: not valid now; amber: ends within 90 days; green: fine.
    private static string Color(CertificateReport certificate, DateTimeOffset now) =>
        now < certificate.NotBefore || now > certificate.NotAfter ? "#ff8182" : certificate.NotAfter - now < TimeSpan.FromDays(90) ? "#eac54f" : "#4ac26b";

    private static string ShortName(string subject)
    {
        var name = subject.StartsWith("CN=", StringComparison.Ordinal) ? subject[3..].Split(", ")[0] : subject;
        return SafeText.WithoutCommands(SafeText.Line(name, LabelLength));
    }

    private static XElement Label(double x, double y, string text, string color, bool bold = false) => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("fill", color),
        bold ? new XAttribute("font-weight", "bold") : null,
        text);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private sealed record Entry(string Role, CertificateReport Certificate);

    /// <summary>Time to pixels. From two years back to five ahead at most: a root's decades would leave nothing of the rest.</summary>
    private sealed class Scale
    {
        private readonly DateTimeOffset _start;
        private readonly DateTimeOffset _end;

        public Scale(DateTimeOffset now, List<CertificateReport> certificates)
        {
            _start = now.AddMonths(-1);
            _end = now.AddMonths(1);
            foreach (var certificate in certificates)
            {
                _start = Earlier(_start, certificate.NotBefore);
                _end = Later(_end, certificate.NotAfter);
            }

            _start = Later(_start, now.AddYears(-2));
            _end = Earlier(_end, now.AddYears(5));
        }

        public double X(DateTimeOffset time)
        {
            var part = (time - _start) / (_end - _start);
            return LabelWidth + (Math.Clamp(part, 0, 1) * (Width - LabelWidth - 80));
        }

        private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

        private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    }
}
