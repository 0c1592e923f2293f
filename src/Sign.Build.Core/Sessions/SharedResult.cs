namespace Sign.Build.Core.Sessions;

/// <summary>
/// The result of one asynchronous operation, started by the first caller and shared by all. A failure is shared as well:
/// forty projects do not try a wrong password forty times. Only a cancelled start is forgotten; who still waits starts anew.
/// </summary>
internal sealed class SharedResult<T>(Func<CancellationToken, Task<T>> start) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<T>? _task;
    private CancellationToken _starter;

    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T>? cancelled = null;
        while (true)
        {
            var (task, starter) = Join(cancelled, cancellationToken);
            try
            {
                return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (starter.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Somebody else's cancellation is not this caller's; the next start is with a token of one who still waits.
                cancelled = task;
            }
        }
    }

    public void Dispose()
    {
        if (_task is { IsCompletedSuccessfully: true, Result: IDisposable result })
        {
            result.Dispose();
        }
    }

    private (Task<T> Task, CancellationToken Starter) Join(Task<T>? cancelled, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // The token too: a start that is being cancelled takes a while to end.
            if (_task == cancelled || _task is null or { IsCanceled: true } || (_starter.IsCancellationRequested && !_task.IsCompleted))
            {
                _starter = cancellationToken;

                // Not on the caller's thread: a source may read files before its first await, and the lock is held.
                _task = Task.Run(() => start(cancellationToken), cancellationToken);
            }

            return (_task, _starter);
        }
    }
}
