using System.Text.Json;

namespace Sign.Build.Benchmarks;

/// <summary>What a worker process does.</summary>
/// <param name="Action"><c>sign</c>, <c>verify</c>, or <c>idle</c>: start and stop.</param>
/// <param name="Properties">The properties that a project would set.</param>
/// <param name="Paths">The packages.</param>
/// <param name="SdkDirectory">Where the trust bundles are.</param>
internal sealed record WorkerRequest(string Action, Dictionary<string, string> Properties, string[] Paths, string SdkDirectory)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static WorkerRequest FromJson(string json) => JsonSerializer.Deserialize<WorkerRequest>(json)!;
}

/// <summary>What a worker process did.</summary>
/// <param name="Good">Packages signed, or accepted.</param>
/// <param name="Errors">Errors that it reported.</param>
/// <param name="PeakBytes">The most memory that it held.</param>
internal sealed record WorkerReport(int Good, string[] Errors, long PeakBytes)
{
    /// <summary>The whole process, as its starter saw it.</summary>
    public Cost Cost { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static WorkerReport FromJson(string json) => JsonSerializer.Deserialize<WorkerReport>(json)!;

    /// <summary>The report itself, if all went well.</summary>
    public WorkerReport Ensure(int good) => Good == good && Errors.Length == 0
        ? this
        : throw new InvalidOperationException($"{Good} of {good} packages were good. {string.Join(' ', Errors.Take(3))}");
}
