using System.Collections.Concurrent;

namespace Sign.Build.Core.Sessions;

/// <summary>
/// What lives for one build on one node and is shared by all its projects: identities, chains, connections, and which
/// warnings were shown. The host registers it with the build engine, which disposes it at the end of the build.
/// </summary>
public sealed class BuildScope : IDisposable
{
    // A key in hardware or a platform call cannot be interrupted; the end of a build does not wait for it longer than this.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<object>> _shared = new();
    private readonly ConcurrentDictionary<string, object> _said = new();
    private readonly ConcurrentQueue<Task> _beside = new();
    private readonly CancellationTokenSource _end = new();

    /// <summary>Where shared parts report to: the log of a task that runs now.</summary>
    public RelayLog Log { get; } = new();

    /// <summary>The one <typeparamref name="T"/> of this build for <paramref name="key"/>; made by the first caller.</summary>
    public T GetOrAdd<T>(string key, Func<T> make)
        where T : class
    {
        return (T)_shared.GetOrAdd($"{typeof(T)} {key}", static (_, make) => new Lazy<object>(make), make).Value;
    }

    /// <summary>True for the first caller with this key in this build.</summary>
    public bool IsFirst(string key) => _said.TryAdd(key, key);

    /// <summary>
    /// Runs something beside the build, until its end at the latest. How it ends concerns nobody here: what it makes is shared,
    /// a failure too, and whoever needs that will see it.
    /// </summary>
    /// <param name="work">Ends soon when its token is cancelled.</param>
    public void RunBeside(Func<CancellationToken, Task> work) => _beside.Enqueue(OwnThread.RunAsync(() => work(_end.Token)));

    /// <summary>Stops what runs beside the build, and disposes what is shared.</summary>
    public void Dispose()
    {
        _end.Cancel();
        if (!Task.WhenAll(_beside).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(EndPatience))
        {
            // Still in use. The process ends soon, or the finalizers run.
            return;
        }

        foreach (var shared in _shared.Values)
        {
            if (shared.IsValueCreated)
            {
                (shared.Value as IDisposable)?.Dispose();
            }
        }

        _end.Dispose();
    }
}
