using System.Security.Cryptography.Pkcs;
using Microsoft.AspNetCore.Http;

namespace Sign.Build.Testing;

/// <summary>
/// An RFC 3161 authority over HTTP on loopback. What it answers follows <see cref="TestTimestampOptions"/> and can change
/// from request to request. It speaks HTTP correctly; faults of the transport are made elsewhere.
/// </summary>
public sealed class TestTimestampServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly State _state;

    private TestTimestampServer(LoopbackServer server, State state)
    {
        _server = server;
        _state = state;
    }

    /// <summary>Where to post requests.</summary>
    public Uri Url => _server.Url;

    /// <summary>Requests that have come so far.</summary>
    public int RequestCount => Volatile.Read(ref _state.RequestCount);

    /// <summary>The most requests that were in work at one time.</summary>
    public int MostAtOnce => Volatile.Read(ref _state.MostAtOnce);

    /// <summary>Starts an authority that answers every request in one way.</summary>
    public static Task<TestTimestampServer> StartAsync(TestTimestampOptions? options = null) => StartAsync(_ => options ?? new());

    /// <summary>Starts an authority that answers each request as it is told for that number; the first is 1.</summary>
    public static async Task<TestTimestampServer> StartAsync(Func<int, TestTimestampOptions> optionsOf)
    {
        var state = new State();
        var server = await LoopbackServer.StartAsync((context, cancellationToken) => AnswerAsync(context, optionsOf, state, cancellationToken));
        return new TestTimestampServer(server, state);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Func<int, TestTimestampOptions> optionsOf, State state, CancellationToken cancellationToken)
    {
        var options = optionsOf(Interlocked.Increment(ref state.RequestCount));
        state.Enter();
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, cancellationToken);
            if (context.Request.Method != "POST" || context.Request.ContentType != "application/timestamp-query"
                || !Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var request, out var read) || read != body.Length)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await options.Until.WaitAsync(cancellationToken);
            if (options.Delay > TimeSpan.Zero)
            {
                await Task.Delay(options.Delay, cancellationToken);
            }

            var response = TestTimestampToken.CreateResponse(request, options);
            context.Response.ContentType = "application/timestamp-reply";
            context.Response.ContentLength = response.Length;
            await context.Response.Body.WriteAsync(response, cancellationToken);
        }
        finally
        {
            state.Leave();
        }
    }

    private sealed class State
    {
        private readonly Lock _lock = new();
        private int _now;

        public int RequestCount;

        public int MostAtOnce;

        public void Enter()
        {
            lock (_lock)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                _now--;
            }
        }
    }
}
