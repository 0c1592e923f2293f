namespace Sign.Build.Core.Sessions;

/// <summary>
/// A log for objects that outlive a task. A task's log dies with the task, so each task attaches its own while it runs;
/// what a shared object says goes to the one that was attached last.
/// </summary>
public sealed class RelayLog : ISignBuildLog
{
    private readonly Lock _lock = new();
    private readonly List<ISignBuildLog> _attached = [];

    /// <summary>Sends what shared objects say to <paramref name="log"/> until the result is disposed.</summary>
    public IDisposable Attach(ISignBuildLog log)
    {
        lock (_lock)
        {
            _attached.Add(log);
        }

        return new Attachment(this, log);
    }

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic) => Current?.Report(diagnostic);

    /// <inheritdoc/>
    public void Important(string message) => Current?.Important(message);

    /// <inheritdoc/>
    public void Command(string command) => Current?.Command(command);

    /// <inheritdoc/>
    public void Detail(string message) => Current?.Detail(message);

    private ISignBuildLog? Current
    {
        get
        {
            lock (_lock)
            {
                return _attached.Count == 0 ? null : _attached[^1];
            }
        }
    }

    private sealed class Attachment(RelayLog relay, ISignBuildLog log) : IDisposable
    {
        public void Dispose()
        {
            lock (relay._lock)
            {
                relay._attached.Remove(log);
            }
        }
    }
}
