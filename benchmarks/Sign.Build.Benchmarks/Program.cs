using System.Diagnostics;
using Sign.Build.Benchmarks;
using Sign.Build.Testing;

if (args is ["worker", var file])
{
    Console.WriteLine((await Worker.RunAsync(WorkerRequest.FromJson(await File.ReadAllTextAsync(file)))).ToJson());
    return 0;
}

if (!NuGetOracle.IsUsable)
{
    Console.Error.WriteLine("NuGet trusts only the system's roots here, and the benchmark does not change those. Run it on Linux without a system bundle for code signing, or on macOS.");
    return 1;
}

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
}
catch (Exception exception) when (exception is ArgumentException or FormatException)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

var scenarios = new (string Name, Func<Lab, Task<IReadOnlyList<Result>>> Run)[]
{
    ("small", SmallPackage.RunAsync),
    ("many", ManyPackages.RunAsync),
    ("large", LargePackage.RunAsync),
    ("cache", PackageCache.RunAsync),
    ("solution", Solution.RunAsync),
};

var watch = Stopwatch.StartNew();
var machine = Machine.Describe();
using var lab = await Lab.CreateAsync(options);
var results = new List<Result>();
foreach (var (name, run) in scenarios.Where(scenario => options.Only.Count == 0 || options.Only.Contains(scenario.Name)))
{
    Lab.Say(name);
    results.AddRange(await run(lab));
}

Console.WriteLine(machine);
Console.WriteLine();
Console.WriteLine(Result.Header);
foreach (var result in results)
{
    Console.WriteLine(result.ToMarkdown());
}

Console.WriteLine();
if (lab.Signed.Count > 0)
{
    Console.WriteLine(await IndependentVerification.RunAsync(lab));
}

Console.WriteLine($"The run took {watch.Elapsed.TotalSeconds:0} s.");
return 0;
