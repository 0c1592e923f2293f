using System.Net.Sockets;
using System.Security.Authentication;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>What went wrong below HTTP, in words.</summary>
internal static class ConnectionFault
{
    /// <summary>One sentence about the innermost cause that means something to a user.</summary>
    public static string Describe(Exception exception, string host) => Causes(exception).Select(cause => Sentence(cause, host)).FirstOrDefault(text => text is not null)
        ?? $"the connection failed: {ServiceText.FirstLine(Causes(exception).Last().Message)}";

    /// <summary>Whether the connection failed, and not what was said over it.</summary>
    public static bool IsCause(Exception exception) => Causes(exception).Any(cause => cause is HttpRequestException or SocketException or AuthenticationException or Azure.RequestFailedException { Status: 0 });

    private static string? Sentence(Exception cause, string host) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => $"the name '{host}' is not known (DNS). Check SignBuildKeyVaultUrl and the network.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection was refused.",
        SocketException { SocketErrorCode: SocketError.ConnectionReset } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection was closed before the answer was complete.",
        SocketException socket => $"the connection failed ({socket.SocketErrorCode}).",
        AuthenticationException tls => $"TLS failed: {ServiceText.FirstLine(tls.Message)}",
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        const int MaximumDepth = 16;
        Exception? cause = exception;
        for (var depth = 0; cause is not null && depth < MaximumDepth; depth++)
        {
            yield return cause;
            cause = cause.InnerException;
        }
    }
}
