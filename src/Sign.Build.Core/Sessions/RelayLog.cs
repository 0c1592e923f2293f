namespace Sign.Build.Core.Sessions;

/// <summary>
/// A log for objects that outlive a task. A task's log dies with the task, so each task attaches its own while it runs;
/// what a shared object says goes to the one that was attached last. What it says between two tasks waits for the next one.
/// </summary>
public sealed class RelayLog : ISignBuildLog
{
    private readonly Lock _lock = new();
    private readonly List<ISignBuildLog> _attached = [];
    private readonly Queue<Action<ISignBuildLog>> _waiting = [];

    /// <summary>Sends what shared objects say to <paramref name="log"/> until the result is disposed.</summary>
    public IDisposable Attach(ISignBuildLog log)
    {
        lock (_lock)
        {
            _attached.Add(log);
            while (_waiting.TryDequeue(out var say))
            {
                say(log);
            }
        }

        return new Attachment(this, log);
    }

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic) => Say(log => log.Report(diagnostic));

    /// <inheritdoc/>
    public void Important(string message) => Say(log => log.Important(message));

    /// <inheritdoc/>
    public void Command(string command) => Say(log => log.Command(command));

    /// <inheritdoc/>
    public void Detail(string message) => Say(log => log.Detail(message));

    private void Say(Action<ISignBuildLog> say)
    {
        ISignBuildLog log;
        lock (_lock)
        {
            if (_attached.Count == 0)
            {
                _waiting.Enqueue(say);
                return;
            }

            log = _attached[^1];
        }

        say(log);
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
