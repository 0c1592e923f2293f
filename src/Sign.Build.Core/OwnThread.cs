namespace Sign.Build.Core;

/// <summary>
/// Work beside the build that computes for a while. MSBuild sends the messages of its nodes over the thread pool, which has no
/// more threads than processors at first: two such pieces of work there, and the build stands still.
/// </summary>
internal static class OwnThread
{
    /// <summary>Runs <paramref name="work"/> on a thread of its own, up to its first real wait.</summary>
    public static Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>The same for work with a result.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
