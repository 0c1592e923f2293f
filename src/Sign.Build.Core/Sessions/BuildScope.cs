using System.Collections.Concurrent;

namespace Sign.Build.Core.Sessions;

/// <summary>
/// What lives for one build on one node and is shared by all its projects: identities, chains, connections, and which
/// warnings were shown. The host registers it with the build engine, which disposes it at the end of the build.
/// </summary>
public sealed class BuildScope : IDisposable
{
    private readonly ConcurrentDictionary<(Type Type, string Key), Lazy<object>> _shared = new();
    private readonly ConcurrentDictionary<string, bool> _said = new();

    /// <summary>Where shared parts report to: the log of a task that runs now.</summary>
    public RelayLog Log { get; } = new();

    /// <summary>The one <typeparamref name="T"/> of this build for <paramref name="key"/>; made by the first caller.</summary>
    public T GetOrAdd<T>(string key, Func<T> make)
        where T : class
    {
        return (T)_shared.GetOrAdd((typeof(T), key), static (_, make) => new Lazy<object>(make), make).Value;
    }

    /// <summary>True for the first caller with this key in this build.</summary>
    public bool IsFirst(string key) => _said.TryAdd(key, true);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shared in _shared.Values)
        {
            if (shared.IsValueCreated)
            {
                (shared.Value as IDisposable)?.Dispose();
            }
        }
    }
}
