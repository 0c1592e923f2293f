using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sign.Build.Core.Reporting;

/// <summary><c>report.json</c>: generated serialization, because reflection would cost a small pack more than its signature.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BuildReport))]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static byte[] Write(BuildReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Default.BuildReport);

    public static byte[] Write(VerificationReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Default.VerificationReport);

    /// <summary>The packages of an earlier report; none where it cannot be read or has another schema.</summary>
    public static IReadOnlyList<PackageReport> ReadPackages(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.BuildReport) is { SchemaVersion: Reporting.BuildReport.CurrentSchema } report ? [.. report.Packages.Where(IsWhole)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // The serializer refuses null for a member, but not inside a list.
    private static bool IsWhole(PackageReport? package) =>
        package is not null && Array.TrueForAll<IEnumerable<object?>>([package.Signer, package.Timestamp.Chain, package.Rules], list => list.All(entry => entry is not null));
}
