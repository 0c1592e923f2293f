namespace Sign.Build.Benchmarks;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Series
{
    private readonly List<Cost> _costs = [];

    public double Milliseconds => Median(static cost => cost.Time.TotalMilliseconds);

    public double CpuMilliseconds => Median(static cost => cost.Cpu.TotalMilliseconds);

    public void Add(Cost cost) => _costs.Add(cost);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private double Median(Func<Cost, double> select) => Median(_costs.Select(select));
}
