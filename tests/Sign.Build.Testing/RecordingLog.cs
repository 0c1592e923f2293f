using System.Collections.Concurrent;
using Sign.Build.Core;

namespace Sign.Build.Testing;

/// <summary>Keeps what the domain says.</summary>
public sealed class RecordingLog : ISignBuildLog
{
    private readonly ConcurrentQueue<Diagnostic> _diagnostics = new();
    private readonly ConcurrentQueue<string> _important = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentQueue<string> _details = new();

    public IReadOnlyList<Diagnostic> Diagnostics => [.. _diagnostics];

    public IReadOnlyList<string> ImportantLines => [.. _important];

    public IReadOnlyList<string> Commands => [.. _commands];

    public IReadOnlyList<string> DetailLines => [.. _details];

    public void Report(Diagnostic diagnostic) => _diagnostics.Enqueue(diagnostic);

    public void Important(string message) => _important.Enqueue(message);

    public void Command(string command) => _commands.Enqueue(command);

    public void Detail(string message) => _details.Enqueue(message);
}
