using System.Globalization;

namespace Sign.Build.Benchmarks;

/// <summary>How much is measured. The initial values keep a whole run within a few minutes.</summary>
internal sealed record BenchmarkOptions
{
    public int Rounds { get; init; } = 5;

    public int SlowRounds { get; init; } = 3;

    public int Packages { get; init; } = 100;

    public int Projects { get; init; } = 20;

    public int LargeMegabytes { get; init; } = 1024;

    /// <summary>Folder with packages that others signed.</summary>
    public string Cache { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Names of the scenarios to run; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public const string Usage = """
        dotnet run -c Release --project benchmarks/Sign.Build.Benchmarks -- [options]
          --only NAMES        some of: small,many,large,cache,solution
          --rounds N          rounds of short measurements (5)
          --slow-rounds N     rounds of long ones (3)
          --packages N        packages signed in one go (100)
          --projects N        projects of the solution (20)
          --megabytes N       size of the large package (1024)
          --cache FOLDER      folder with signed packages (the NuGet package cache)
        """;

    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var value = index + 1 < arguments.Count ? arguments[index + 1] : throw new ArgumentException(Usage);
            options = arguments[index] switch
            {
                "--only" => options with { Only = value.Split(',') },
                "--rounds" => options with { Rounds = Number(value) },
                "--slow-rounds" => options with { SlowRounds = Number(value) },
                "--packages" => options with { Packages = Number(value) },
                "--projects" => options with { Projects = Number(value) },
                "--megabytes" => options with { LargeMegabytes = Number(value) },
                "--cache" => options with { Cache = Path.GetFullPath(value) },
                _ => throw new ArgumentException(Usage),
            };
        }

        return options;
    }

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
