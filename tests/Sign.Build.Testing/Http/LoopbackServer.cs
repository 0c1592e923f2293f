using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sign.Build.Testing;

/// <summary>An HTTP server on a free port of 127.0.0.1, without configuration files or logging.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping;

    private LoopbackServer(WebApplication application, CancellationTokenSource stopping)
    {
        _application = application;
        _stopping = stopping;
        Url = new Uri(application.Urls.Single());
    }

    /// <summary><c>http://127.0.0.1:port/</c>.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="handle">Answers a request. The token ends when the client or the server goes away.</param>
    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, CancellationToken, Task> handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var stopping = new CancellationTokenSource();
        application.Run(async context =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
            try
            {
                await handle(context, ended.Token);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                context.Abort();
            }
        });
        await application.StartAsync();
        return new LoopbackServer(application, stopping);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
    }
}
