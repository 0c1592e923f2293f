using System.Net.Sockets;
using System.Text;

namespace Sign.Build.Testing;

/// <summary>One request to a <see cref="FaultServer"/>, to be answered or not.</summary>
public sealed class FaultExchange(FaultServer server, Socket socket, Stream stream, byte[] request, CancellationToken stopping)
{
    /// <summary>The body of the request.</summary>
    public byte[] Request => request;

    /// <summary>Sends text as it is.</summary>
    public async Task SendAsync(string text) => await SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stopping);
        await stream.FlushAsync(stopping);
    }

    /// <summary>Sends a whole answer.</summary>
    public async Task AnswerAsync(string status, string headers, byte[] body) =>
        await SendAsync([.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body]);

    /// <summary>Says nothing more until the client goes away.</summary>
    public async Task HangAsync()
    {
        server.ReportStuck();
        var ignored = new byte[1024];
        while (await stream.ReadAsync(ignored, stopping) > 0)
        {
        }

        throw new IOException("The client has gone.");
    }

    /// <summary>Sends one byte after the other, for ever.</summary>
    public async Task DripAsync()
    {
        for (var count = 1; ; count++)
        {
            await SendAsync([0x30]);
            if (count == 5)
            {
                server.ReportStuck();
            }

            await Task.Delay(10, stopping);
        }
    }

    /// <summary>Ends the connection properly, though something is missing.</summary>
    public void Close()
    {
        socket.Shutdown(SocketShutdown.Both);
        throw new IOException("Closed.");
    }

    /// <summary>Ends the connection with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        throw new IOException("Reset.");
    }
}
