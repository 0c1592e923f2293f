using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>A TLS server certificate for this machine and for <c>*.vault.test</c>, and the private root that issued it.</summary>
public sealed class TestTls
{
    private static readonly Lazy<TestTls> SharedTls = new(() => new TestTls());

    private TestTls()
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Sign.Build test TLS root " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, critical: false));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        Root = X509CertificateLoader.LoadCertificate(root.RawData);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.vault.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var bare = request.Create(root, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(8));
        using var certificate = bare.CopyWithPrivateKey(key);

        // TLS on Windows takes no ephemeral keys.
        Server = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>One for the whole test run.</summary>
    public static TestTls Shared => SharedTls.Value;

    /// <summary>The root, without its key.</summary>
    public X509Certificate2 Root { get; }

    internal X509Certificate2 Server { get; }

    /// <summary>Writes the root as PEM, for a child process with <c>SSL_CERT_FILE</c>.</summary>
    public void WriteRoot(string path) => File.WriteAllText(path, Root.ExportCertificatePem() + "\n");

    /// <summary>A client handler that trusts this root alone.</summary>
    /// <param name="port">Null: connects where the URL says. Else every host name leads to this port of this machine.</param>
    public SocketsHttpHandler CreateHandler(int? port = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(Root);
        handler.SslOptions.CertificateChainPolicy = policy;
        if (port is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Host.EndsWith(".test", StringComparison.Ordinal) ? port.Value : context.DnsEndPoint.Port, cancellationToken);
                    return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return handler;
    }
}
