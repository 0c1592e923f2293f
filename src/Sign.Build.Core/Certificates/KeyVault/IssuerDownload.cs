using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates.KeyVault;

/// <summary>
/// Fetches the certificates above one that comes alone, from the addresses that each names for its issuer.
/// A convenience: what cannot be had in a few seconds is left out, and the chain rules say how to supply it.
/// </summary>
internal sealed class IssuerDownload(HttpMessageHandler? handler, KeyVaultLimits limits)
{
    private const int MaximumDepth = 4;
    private const int MaximumAddresses = 2;

    /// <summary>Intermediates from the issuer upwards, without the root; perhaps none. The caller owns them.</summary>
    public async Task<IReadOnlyList<byte[]>> FetchAsync(X509Certificate2 leaf, CancellationToken cancellationToken)
    {
        var result = new List<byte[]>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Issuers);
        using var client = handler is null
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true)
            : new HttpClient(handler, disposeHandler: false);
        client.MaxResponseContentBufferSize = limits.AnswerLength;
        var certificate = X509CertificateLoader.LoadCertificate(leaf.RawData);
        for (var depth = 0; depth < MaximumDepth && !IsSelfIssued(certificate); depth++)
        {
            var issuer = await FetchIssuerAsync(client, certificate, timeout.Token, cancellationToken).ConfigureAwait(false);
            certificate.Dispose();
            if (issuer is null)
            {
                return result;
            }

            certificate = issuer;
            if (!IsSelfIssued(issuer))
            {
                result.Add(issuer.RawData);
            }
        }

        certificate.Dispose();
        return result;
    }

    private static async Task<X509Certificate2?> FetchIssuerAsync(HttpClient client, X509Certificate2 certificate, CancellationToken bounded, CancellationToken cancellationToken)
    {
        foreach (var address in Addresses(certificate))
        {
            try
            {
                var content = await client.GetByteArrayAsync(address, bounded).ConfigureAwait(false);
                if (PickIssuer(Parse(content), certificate) is { } issuer)
                {
                    return issuer;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            catch (HttpRequestException)
            {
                // The next address, or none.
            }
            catch (Exception exception) when (MalformedInput.Explains(exception))
            {
                // Not a certificate; as above.
            }
        }

        return null;
    }

    private static IEnumerable<Uri> Addresses(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>()
                .SelectMany(extension => extension.EnumerateCAIssuersUris())
                .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null)
                .OfType<Uri>()
                .Where(url => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                .Take(MaximumAddresses)];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>RFC 5280, 4.2.2.1: one DER certificate, or a "certs-only" CMS message. PEM is common too.</summary>
    private static X509Certificate2Collection Parse(byte[] content)
    {
        var result = new X509Certificate2Collection();
        if (content.Length == 0)
        {
            return result;
        }

        if (X509Certificate2.GetCertContentType(content) == X509ContentType.Pkcs7)
        {
            var message = new SignedCms();
            message.Decode(content);
            result.AddRange(message.Certificates);
        }
        else
        {
            result.Add(X509CertificateLoader.LoadCertificate(content));
        }

        return result;
    }

    private static X509Certificate2? PickIssuer(X509Certificate2Collection candidates, X509Certificate2 certificate)
    {
        X509Certificate2? issuer = null;
        foreach (var candidate in candidates)
        {
            if (issuer is null && CertificateContent.IsReadable(candidate) && IsIssuer(candidate, certificate))
            {
                issuer = candidate;
            }
            else
            {
                candidate.Dispose();
            }
        }

        return issuer;
    }

    /// <summary>The name alone proves nothing, and whatever is taken here ends up in the signature; so the chain engine checks the signature.</summary>
    private static bool IsIssuer(X509Certificate2 candidate, X509Certificate2 certificate)
    {
        if (!candidate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.Add(candidate);
        chain.ChainPolicy.CustomTrustStore.Add(candidate);
        chain.Build(certificate);
        var isIssuer = chain.ChainElements.Count >= 2
            && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(candidate.RawDataMemory.Span)
            && chain.ChainElements[0].ChainElementStatus.All(status => status.Status != X509ChainStatusFlags.NotSignatureValid);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return isIssuer;
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
