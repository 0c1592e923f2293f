using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary><c>report.md</c>: the report for people.</summary>
internal static class MarkdownReport
{
    /// <summary>The whole file, UTF-8.</summary>
    public static byte[] Write(BuildReport report, string timeline) =>
        Encoding.UTF8.GetBytes(Summary(report.Packages) + Details(report, timeline));

    /// <summary>Heading and table of some packages, for the summary page of a CI job.</summary>
    public static string Summary(IReadOnlyList<PackageReport> packages)
    {
        var text = new StringBuilder("## Signed packages\n\n| | Package | Signer | Valid until | Timestamp (UTC) | Authority |\n|---|---|---|---|---|---|\n");
        foreach (var package in packages)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {Mark(package)} | {Markdown.Text(package.Id)} {Markdown.Text(package.Version)} | {Markdown.Text(NameOf(package))} | {ValidUntil(package)} | {package.Timestamp.Time:yyyy-MM-dd HH:mm:ss} | {Markdown.Text(package.Timestamp.Authority)} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Details(BuildReport report, string timeline)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"![Validity of the certificates]({timeline})\n\n");
        foreach (var package in report.Packages)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {Markdown.Text(package.Id)} {Markdown.Text(package.Version)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{Markdown.Text(package.Outcome)}, policy {Markdown.Text(package.Policy)}, {package.Size} bytes, in {package.Milliseconds:0} ms.\n\n");
            text.Append(CultureInfo.InvariantCulture, $"- File: {Markdown.Hash(package.Sha256)} (SHA-256)\n- Content hash: {Markdown.Hash(package.ContentHash)} (SHA-512, without the signature)\n");
            AppendChain(text, "Signer", package.Signer);
            AppendChain(text, "Timestamp", package.Timestamp.Chain);
            text.Append(package.Rules.Count == 0 ? "\n" : "\n| | Rule | Code |\n|---|---|---|\n");
            foreach (var rule in package.Rules)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Mark(rule.Verdict)} | {Markdown.Text(rule.Rule)} | {Markdown.Message(rule.Message is null ? rule.Code : rule.Code + ": " + rule.Message)} |\n");
            }

            text.Append(package.Rules.Count == 0 ? "Not verified.\n\n" : "\n✅ passed, ⚠️ warning, ➖ not asked for by the settings\n\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Written {report.Written:yyyy-MM-dd HH:mm:ss} UTC by Sign.Build {Markdown.Text(report.SignBuild)} with NuGet {Markdown.Text(report.NuGet)}.\n").ToString();
    }

    private static void AppendChain(StringBuilder text, string title, IReadOnlyList<CertificateReport> chain)
    {
        foreach (var certificate in chain)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- {title}: {Markdown.Text(certificate.Subject)}, {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}, {Markdown.Hash(certificate.Sha256)}\n");
        }
    }

    private static string NameOf(PackageReport package) => package.Signer is [var leaf, ..] ? leaf.Subject : "not verified";

    private static string ValidUntil(PackageReport package) =>
        package.Signer is [var leaf, ..] ? leaf.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private static string Mark(PackageReport package) =>
        package.Rules.Count == 0 ? "➖" : package.Rules.Any(rule => rule.Verdict == "warning") ? "⚠️" : "✅";

    private static string Mark(string verdict) => verdict switch
    {
        "passed" => "✅",
        "warning" => "⚠️",
        "skipped" => "➖",
        _ => "❌",
    };
}
