using System.Buffers;
using System.Text.Json;

namespace Sign.Build.Core.Reporting;

/// <summary>
/// <c>report.json</c>, written and read field by field: the serializer, generated or not, sets itself up for longer than a small
/// package takes to be signed.
/// </summary>
internal static class BuildReportJson
{
    public static byte[] Write(BuildReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", report.SchemaVersion);
            json.WriteString("signBuild", report.SignBuild);
            json.WriteString("nuGet", report.NuGet);
            json.WriteString("written", report.Written);
            json.WriteStartArray("packages");
            foreach (var package in report.Packages)
            {
                Write(json, package);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return JsonText.WithoutCommands(buffer.WrittenSpan);
    }

    /// <summary>The packages of an earlier report; none where it cannot be read or has another schema.</summary>
    public static IReadOnlyList<PackageReport> ReadPackages(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var report = document.RootElement;
            return report.GetProperty("schemaVersion").GetInt32() == BuildReport.CurrentSchema
                ? ReadList(report.GetProperty("packages"), TryReadPackage)
                : [];
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            return [];
        }
    }

    private static void Write(Utf8JsonWriter json, PackageReport package)
    {
        json.WriteStartObject();
        json.WriteString("path", package.Path);
        json.WriteString("id", package.Id);
        json.WriteString("version", package.Version);
        json.WriteString("outcome", package.Outcome);
        json.WriteString("source", package.Source);
        json.WriteString("policy", package.Policy);
        json.WriteNumber("size", package.Size);
        json.WriteString("contentHash", package.ContentHash);
        json.WriteString("sha256", package.Sha256);
        Write(json, "signer", package.Signer);
        json.WriteStartObject("timestamp");
        json.WriteString("time", package.Timestamp.Time);
        json.WriteString("authority", package.Timestamp.Authority);
        Write(json, "chain", package.Timestamp.Chain);
        json.WriteEndObject();
        json.WriteStartArray("rules");
        foreach (var rule in package.Rules)
        {
            json.WriteStartObject();
            json.WriteString("code", rule.Code);
            json.WriteString("rule", rule.Rule);
            json.WriteString("verdict", rule.Verdict);
            json.WriteString("message", rule.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("milliseconds", package.Milliseconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<CertificateReport> chain)
    {
        json.WriteStartArray(name);
        foreach (var certificate in chain)
        {
            json.WriteStartObject();
            json.WriteString("subject", certificate.Subject);
            json.WriteString("sha256", certificate.Sha256);
            json.WriteString("notBefore", certificate.NotBefore);
            json.WriteString("notAfter", certificate.NotAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // One odd package does not cost the others their place.
    private static PackageReport? TryReadPackage(JsonElement json)
    {
        try
        {
            var timestamp = json.GetProperty("timestamp");
            return new PackageReport
            {
                Path = ReadText(json, "path"),
                Id = ReadText(json, "id"),
                Version = ReadText(json, "version"),
                Outcome = ReadText(json, "outcome"),
                Source = ReadText(json, "source"),
                Policy = ReadText(json, "policy"),
                Size = json.GetProperty("size").GetInt64(),
                ContentHash = ReadText(json, "contentHash"),
                Sha256 = ReadText(json, "sha256"),
                Signer = ReadList(json.GetProperty("signer"), ReadCertificate),
                Timestamp = new TimestampReport(ReadTime(timestamp, "time"), ReadText(timestamp, "authority"), ReadList(timestamp.GetProperty("chain"), ReadCertificate)),
                Rules = ReadList(json.GetProperty("rules"), ReadRule),
                Milliseconds = json.GetProperty("milliseconds").GetDouble(),
            };
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            return null;
        }
    }

    private static CertificateReport ReadCertificate(JsonElement json) =>
        new(ReadText(json, "subject"), ReadText(json, "sha256"), ReadTime(json, "notBefore"), ReadTime(json, "notAfter"));

    private static RuleReport ReadRule(JsonElement json) =>
        new(ReadText(json, "code"), ReadText(json, "rule"), ReadText(json, "verdict"), json.TryGetProperty("message", out var message) ? message.GetString() : null);

    private static List<T> ReadList<T>(JsonElement json, Func<JsonElement, T?> read)
        where T : class
    {
        var list = new List<T>();
        foreach (var entry in json.EnumerateArray())
        {
            if (read(entry) is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private static string ReadText(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException();

    private static DateTimeOffset ReadTime(JsonElement json, string name) => json.GetProperty(name).GetDateTimeOffset();

    // What JsonDocument says of text that is no JSON, and of a missing field or one of another type.
    private static bool IsUnexpected(Exception exception) => exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException;
}
