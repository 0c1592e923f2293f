using System.Globalization;
using System.Text;

namespace Sign.Build.Core.Reporting;

/// <summary><c>verification.md</c>: the report for people. What was rejected comes first, with everything that is wrong with it.</summary>
internal static class VerificationMarkdown
{
    /// <summary>The whole file, UTF-8.</summary>
    public static byte[] Write(VerificationReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Verified packages\n\n{report.Accepted} accepted, {report.Rejected} rejected by policy {report.Policy}.\n\n");
        foreach (var package in report.Packages.Where(package => !package.IsAccepted))
        {
            text.Append(CultureInfo.InvariantCulture, $"### ❌ {Name(package)}\n\n");
            foreach (var finding in package.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {finding.Code}: {Markdown.Message(finding.Message)}\n");
            }

            text.Append('\n');
        }

        text.Append("| | Package | Author | Repository | Owners | Timestamp (UTC) |\n|---|---|---|---|---|---|\n");
        foreach (var package in report.Packages)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {Mark(package)} | {Name(package)} | {Signer(package.Author)} | {Repository(package.Repository)} | {Markdown.Text(string.Join(", ", package.Repository?.Owners ?? []))} | {(package.Author ?? package.Repository)?.Timestamp?.UtcDateTime:yyyy-MM-dd HH:mm:ss} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nWritten {report.Written.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by Sign.Build {Markdown.Text(report.SignBuild)}.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Name(VerifiedPackage package) => Markdown.Text(package.Id is null ? Path.GetFileName(package.Path) : $"{package.Id} {package.Version}");

    private static string Repository(SignatureReport? signature) =>
        signature is null ? "" : $"{Markdown.Text(signature.ServiceIndex)}, {Signer(signature)}";

    private static string Signer(SignatureReport? signature) =>
        signature is null ? "" : signature.Certificate is { } certificate ? $"{Markdown.Text(certificate.Subject)} `{certificate.Sha256}`" : "without certificate";

    private static string Mark(VerifiedPackage package) => !package.IsAccepted ? "❌" : package.Findings.Count > 0 ? "⚠️" : "✅";
}
