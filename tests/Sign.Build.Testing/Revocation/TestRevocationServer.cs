using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Sign.Build.Testing;

/// <summary>How a revocation server treats requests.</summary>
public enum TestRevocationBehavior
{
    /// <summary>Answers.</summary>
    Answer,

    /// <summary>Takes the request and never answers.</summary>
    Silent,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>Bytes that are neither CRL nor OCSP response.</summary>
    Garbage,

    /// <summary>Right answers that ended yesterday.</summary>
    Stale,
}

/// <summary>
/// CRL, OCSP and issuer certificates over HTTP on loopback, for any number of authorities.
/// First <see cref="Publish"/> puts its addresses into the options of a certificate; after the certificate is issued, say what is to be known about it.
/// </summary>
public sealed class TestRevocationServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly Registry _registry;

    private TestRevocationServer(LoopbackServer server, Registry registry)
    {
        _server = server;
        _registry = registry;
    }

    /// <summary>Requests for CRLs.</summary>
    public int CrlRequests => Volatile.Read(ref _registry.CrlRequests);

    /// <summary>Requests for OCSP.</summary>
    public int OcspRequests => Volatile.Read(ref _registry.OcspRequests);

    /// <summary>Requests for issuers' certificates.</summary>
    public int IssuerRequests => Volatile.Read(ref _registry.IssuerRequests);

    /// <summary>All requests.</summary>
    public int RequestCount => CrlRequests + OcspRequests + IssuerRequests;

    /// <summary>How it treats requests from now on.</summary>
    public TestRevocationBehavior Behavior
    {
        get => _registry.Behavior;
        set => _registry.Behavior = value;
    }

    /// <summary>Starts a server that knows no certificate as revoked.</summary>
    public static async Task<TestRevocationServer> StartAsync(TestRevocationBehavior behavior = TestRevocationBehavior.Answer)
    {
        var registry = new Registry { Behavior = behavior };
        var server = await LoopbackServer.StartAsync((context, cancellationToken) => AnswerAsync(context, registry, cancellationToken));
        return new TestRevocationServer(server, registry);
    }

    /// <summary>The options with this server's addresses for certificates that the authority issues.</summary>
    /// <param name="issuer">Who will issue the certificate.</param>
    /// <param name="options">What it will be like otherwise.</param>
    /// <param name="crl">Whether it names a CRL.</param>
    /// <param name="ocsp">Whether it names an OCSP responder.</param>
    /// <param name="issuerAddress">Whether it names where the issuer's certificate is.</param>
    public TestCertificateOptions Publish(TestCertificateAuthority issuer, TestCertificateOptions? options = null, bool crl = true, bool ocsp = false, bool issuerAddress = false)
    {
        var name = issuer.Certificate.Thumbprint;
        _registry.Authorities.TryAdd(name, issuer);
        return (options ?? new()) with
        {
            CrlUrl = crl ? new Uri(_server.Url, $"crl/{name}") : null,
            OcspUrl = ocsp ? new Uri(_server.Url, $"ocsp/{name}") : null,
            IssuerUrl = issuerAddress ? new Uri(_server.Url, $"issuer/{name}") : null,
        };
    }

    /// <summary>Revokes a certificate. Systems cache CRLs: what was asked before stays known.</summary>
    public void Revoke(X509Certificate2 certificate, DateTimeOffset? time = null) =>
        _registry.Revoked[certificate.SerialNumber] = time ?? DateTimeOffset.UtcNow.AddHours(-1);

    /// <summary>Lets OCSP say that it does not know the certificate.</summary>
    public void MakeUnknown(X509Certificate2 certificate) => _registry.Unknown[certificate.SerialNumber] = true;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Registry registry, CancellationToken cancellationToken)
    {
        var parts = context.Request.Path.Value!.Split('/', 4, StringSplitOptions.RemoveEmptyEntries);
        var authority = parts.Length >= 2 ? registry.Authorities.GetValueOrDefault(parts[1]) : null;
        registry.Count(parts is [var kind, ..] ? kind : "");
        if (registry.Behavior == TestRevocationBehavior.Silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (authority is null || registry.Behavior == TestRevocationBehavior.NotFound)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (type, body) = parts[0] switch
        {
            _ when registry.Behavior == TestRevocationBehavior.Garbage => ("text/html", "<html>maintenance</html>"u8.ToArray()),
            "crl" => ("application/pkix-crl", CreateCrl(authority, registry)),
            "ocsp" => ("application/ocsp-response", CreateOcspResponse(authority, registry, await ReadOcspRequestAsync(context, parts, cancellationToken))),
            _ => ("application/pkix-cert", authority.Certificate.RawData),
        };
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }

    private static async Task<byte[]> ReadOcspRequestAsync(HttpContext context, string[] parts, CancellationToken cancellationToken)
    {
        if (context.Request.Method == "GET")
        {
            // RFC 6960, A.1: the request is the rest of the path, base64 and then URL-encoded.
            return Convert.FromBase64String(Uri.UnescapeDataString(string.Join('/', parts[2..])));
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static byte[] CreateCrl(TestCertificateAuthority authority, Registry registry)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var (serial, time) in registry.Revoked)
        {
            builder.AddEntry(Convert.FromHexString(serial), time);
        }

        var (thisUpdate, nextUpdate) = registry.Validity;
        return builder.Build(
            authority.Certificate, new BigInteger(registry.NextNumber()), nextUpdate, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, thisUpdate);
    }

    private static byte[] CreateOcspResponse(TestCertificateAuthority authority, Registry registry, byte[] request)
    {
        var (thisUpdate, nextUpdate) = registry.Validity;
        return TestOcsp.CreateResponse(authority, request, thisUpdate, nextUpdate, serial =>
            registry.Unknown.ContainsKey(serial) ? TestOcspStatus.Unknown
            : registry.Revoked.TryGetValue(serial, out var time) ? new TestOcspStatus(Known: true, time)
            : TestOcspStatus.Good);
    }

    private sealed class Registry
    {
        private int _number;

        public int CrlRequests;

        public int OcspRequests;

        public int IssuerRequests;

        public volatile TestRevocationBehavior Behavior;

        public ConcurrentDictionary<string, TestCertificateAuthority> Authorities { get; } = new();

        public ConcurrentDictionary<string, DateTimeOffset> Revoked { get; } = new();

        public ConcurrentDictionary<string, bool> Unknown { get; } = new();

        public (DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate) Validity => Behavior == TestRevocationBehavior.Stale
            ? (DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(-1))
            : (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));

        public int NextNumber() => Interlocked.Increment(ref _number);

        public void Count(string kind)
        {
            switch (kind)
            {
                case "crl":
                    Interlocked.Increment(ref CrlRequests);
                    break;
                case "ocsp":
                    Interlocked.Increment(ref OcspRequests);
                    break;
                case "issuer":
                    Interlocked.Increment(ref IssuerRequests);
                    break;
            }
        }
    }
}
