using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sign.Build.Core.Reporting;

/// <summary><c>verification.json</c>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationReportJson : JsonSerializerContext
{
    public static byte[] Write(VerificationReport report) => JsonText.WithoutCommands(JsonSerializer.SerializeToUtf8Bytes(report, Default.VerificationReport));
}
