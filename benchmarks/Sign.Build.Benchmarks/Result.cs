using System.Globalization;

namespace Sign.Build.Benchmarks;

/// <summary>One line of the table.</summary>
internal sealed record Result(string Work, string Ours, string Against, double Value, double Goal, string Unit = "")
{
    /// <summary>A time beside the time that it must be compared with.</summary>
    public static Result Ratio(string work, Series ours, Series against, double goal) =>
        new(work, Milliseconds(ours.Median), Milliseconds(against.Median), ours.Median / against.Median, goal);

    public static string Milliseconds(double value) => value.ToString("N0", CultureInfo.InvariantCulture) + " ms";

    public static string Mebibytes(double value) => (value / (1 << 20)).ToString("N0", CultureInfo.InvariantCulture) + " MiB";

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Work} | {Ours} | {Against} | **{Value:0.##}{Unit}** | {Goal:0.##}{Unit} | {(Value <= Goal ? "yes" : "no")} |");
}
