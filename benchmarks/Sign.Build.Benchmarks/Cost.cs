using System.Globalization;

namespace Sign.Build.Benchmarks;

/// <summary>What processes took.</summary>
/// <param name="Time">As the user waits.</param>
/// <param name="Cpu">Of all processors, which other programs on the machine disturb less; zero where it cannot be read.</param>
internal readonly record struct Cost(TimeSpan Time, TimeSpan Cpu)
{
    private const double TicksPerSecond = 100;

    public static Cost operator +(Cost left, Cost right) => new(left.Time + right.Time, left.Cpu + right.Cpu);

    public static Cost operator -(Cost left, Cost right) => new(left.Time - right.Time, left.Cpu - right.Cpu);

    /// <summary>CPU time of all processes that this one has started and that have ended.</summary>
    public static TimeSpan CpuOfEndedChildren()
    {
        const string Self = "/proc/self/stat";
        if (!File.Exists(Self))
        {
            return TimeSpan.Zero;
        }

        // The name in parentheses may hold anything; cutime and cstime are the 14th and 15th field behind it.
        var stat = File.ReadAllText(Self);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds(fields[13..15].Sum(static field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond);
    }
}
