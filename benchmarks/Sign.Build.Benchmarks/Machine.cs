using System.Runtime.InteropServices;
using Sign.Build.Testing;

namespace Sign.Build.Benchmarks;

/// <summary>Says where the numbers come from.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var load = File.Exists("/proc/loadavg") ? $", load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start" : "";
        return $"{DateTime.UtcNow:yyyy-MM-dd}, {model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, "
            + $"{RuntimeInformation.OSDescription}, .NET SDK {Path.GetFileName(Path.TrimEndingDirectorySeparator(TestSdk.Directory))}{load}";
    }
}
