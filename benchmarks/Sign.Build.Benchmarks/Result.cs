using System.Globalization;

namespace Sign.Build.Benchmarks;

/// <summary>One line of the table.</summary>
internal sealed record Result(string Work, string Ours, string Against, double Value, double Goal, string Unit = "", double? CpuRatio = null)
{
    public const string Header = """
        | Work | Sign.Build | Against | Ratio | CPU | Goal | Reached |
        |---|---|---|---|---|---|---|
        """;

    /// <summary>A time beside the time that it must be compared with.</summary>
    public static Result Ratio(string work, Series ours, Series against, double goal) => new(
        work,
        Milliseconds(ours.Milliseconds),
        Milliseconds(against.Milliseconds),
        ours.Milliseconds / against.Milliseconds,
        goal,
        CpuRatio: against.CpuMilliseconds > 0 ? ours.CpuMilliseconds / against.CpuMilliseconds : null);

    public static string Milliseconds(double value) => value.ToString("N0", CultureInfo.InvariantCulture) + " ms";

    public static string Mebibytes(double value) => (value / (1 << 20)).ToString("N0", CultureInfo.InvariantCulture) + " MiB";

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Work} | {Ours} | {Against} | **{Value:0.##}{Unit}** | {CpuRatio:0.##} | {Goal:0.##}{Unit} | {(Value <= Goal ? "yes" : "no")} |");
}
