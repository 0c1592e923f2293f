using System.Net;
using System.Net.Sockets;

namespace Sign.Build.Testing;

/// <summary>An address on loopback that no connection comes from.</summary>
public sealed class DeadEndpoint : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private DeadEndpoint(Socket server)
    {
        _sockets.Add(server);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)server.LocalEndPoint!).Port}/");
    }

    /// <summary>The address.</summary>
    public Uri Url { get; }

    /// <summary>Refuses connections: the port is taken, and nobody listens.</summary>
    public static DeadEndpoint Refusing() => new(Bind());

    /// <summary>
    /// Swallows connections as a firewall does: Linux drops whom it has no room for in the queue of a server that accepts nobody.
    /// </summary>
    public static async Task<DeadEndpoint> SwallowingAsync(CancellationToken cancellationToken)
    {
        var server = Bind();
        server.Listen(0);
        var endpoint = new DeadEndpoint(server);
        while (true)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            endpoint._sockets.Add(filler);
            var connecting = filler.ConnectAsync(server.LocalEndPoint!, cancellationToken).AsTask();
            if (await Task.WhenAny(connecting, Task.Delay(200, cancellationToken)) != connecting)
            {
                return endpoint;
            }
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
