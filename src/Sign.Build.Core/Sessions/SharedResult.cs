namespace Sign.Build.Core.Sessions;

/// <summary>
/// The result of one asynchronous operation, started by the first caller and shared by all. A failure is shared as well:
/// forty projects do not try a wrong password forty times. Only a cancelled start is forgotten.
/// </summary>
internal sealed class SharedResult<T>(Func<CancellationToken, Task<T>> start) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<T>? _task;
    private CancellationToken _starter;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // The token too: a start that is being cancelled takes a while to end.
            if (_task is null || _task.IsCanceled || (_starter.IsCancellationRequested && !_task.IsCompleted))
            {
                _starter = cancellationToken;

                // Not on the caller's thread: a source may read files before its first await, and the lock is held.
                _task = Task.Run(() => start(cancellationToken), cancellationToken);
            }

            return _task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_task is { IsCompletedSuccessfully: true, Result: IDisposable result })
        {
            result.Dispose();
        }
    }
}
