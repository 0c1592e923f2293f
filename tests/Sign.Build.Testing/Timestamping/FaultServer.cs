using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>
/// A server on loopback that breaks HTTP, or answers as a timestamp authority, as it is told for each request.
/// Works on sockets, because a real server refuses to be that bad, and counts connections.
/// </summary>
public sealed class FaultServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<int, Fault> _faultOf;
    private readonly X509Certificate2? _certificate;
    private readonly Action<int>? _stuck;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<int, Task> _connections = new();
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly Task _accepting;
    private int _accepted;
    private int _open;
    private int _requests;
    private int _stuckCount;
    private int _now;
    private int _mostAtOnce;

    private FaultServer(Func<int, Fault> faultOf, X509Certificate2? certificate, Action<int>? stuck)
    {
        _faultOf = faultOf;
        _certificate = certificate;
        _stuck = stuck;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start(512);
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Url = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}/tsa");
        _accepting = AcceptAsync();
    }

    /// <summary>Where to post requests.</summary>
    public Uri Url { get; }

    /// <summary>Requests that have come so far.</summary>
    public int RequestCount => Volatile.Read(ref _requests);

    /// <summary>Connections that have come so far.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>The most requests that were in work at one time.</summary>
    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    /// <summary>Starts a server that does the same with every request.</summary>
    /// <param name="fault">What it does.</param>
    /// <param name="certificate">Makes it speak TLS.</param>
    /// <param name="stuck">Is called with the number of requests that now hang, each time that one more does.</param>
    public static FaultServer Start(Fault fault, X509Certificate2? certificate = null, Action<int>? stuck = null) => new(_ => fault, certificate, stuck);

    /// <summary>Starts a server that follows a script; its last step repeats.</summary>
    public static FaultServer Start(IReadOnlyList<Fault> script, Action<int>? stuck = null) => new(number => script[Math.Min(number, script.Count) - 1], null, stuck);

    /// <summary>Starts a server that is told what to do with each request; the first is 1.</summary>
    public static FaultServer Start(Func<int, Fault> faultOf, Action<int>? stuck = null) => new(faultOf, null, stuck);

    /// <summary>Ends when no connection is open. That the client closes them is for the caller to bring about.</summary>
    public async Task WhenClosedAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _open) > 0)
        {
            await Task.WhenAll(_connections.Values).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends when this many requests have come.</summary>
    public Task WhenRequestedAsync(int count, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((count, reached));
        }

        NotifyWaiters();
        return reached.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stopping.Dispose();
    }

    internal void ReportStuck() => _stuck?.Invoke(Interlocked.Increment(ref _stuckCount));

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _open);
            _connections[Interlocked.Increment(ref _accepted)] = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        socket.NoDelay = true;
        try
        {
            using var network = new NetworkStream(socket, ownsSocket: true);
            using var tls = _certificate is null ? null : new SslStream(network);
            if (tls is not null)
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
            }

            await ServeRequestsAsync(socket, (Stream?)tls ?? network);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client has gone, or was sent away.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeRequestsAsync(Socket socket, Stream stream)
    {
        while (await ReadRequestAsync(stream) is { } body)
        {
            var fault = _faultOf(Interlocked.Increment(ref _requests));
            NotifyWaiters();
            Enter();
            try
            {
                await fault.Play(new FaultExchange(this, socket, stream, body, _stopping.Token));
            }
            finally
            {
                Leave();
            }
        }
    }

    private async Task<byte[]?> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..], CultureInfo.InvariantCulture))
            .FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stopping.Token);
        return body;
    }

    private void NotifyWaiters()
    {
        lock (_lock)
        {
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= RequestCount))
            {
                reached.TrySetResult();
            }
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _mostAtOnce = Math.Max(_mostAtOnce, ++_now);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _now--;
        }
    }
}
