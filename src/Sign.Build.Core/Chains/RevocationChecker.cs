using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Chains;

/// <summary>
/// Asks about each certificate once, whatever number of chains it is in, and never waits longer than the limit for one.
/// The platform checks a chain as a whole, so that one silent server would be waited for in every chain; therefore each
/// certificate is checked as the end of a chain of its own.
/// </summary>
internal sealed class RevocationChecker(RevocationMode mode, TimeProvider clock)
{
    /// <summary>The longest time that one certificate may cost.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>What of the limit the downloads may take; the rest is for everything around them.</summary>
    private static readonly TimeSpan DownloadLimit = TimeSpan.FromSeconds(4.5);

    private readonly ConcurrentDictionary<string, Lazy<PendingCheck>> _checks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _silentServers = new(StringComparer.Ordinal);

    /// <summary>Starts the check, or finds the one that runs or ran already.</summary>
    /// <param name="certificate">The certificate to ask about.</param>
    /// <param name="issuers">Its issuers, the root last.</param>
    /// <param name="usesSystemTrust">Whether the platform, not the last issuer, ends the chain.</param>
    public PendingCheck Start(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers, bool usesSystemTrust) =>
        _checks.GetOrAdd(
            Fingerprint.Sha256(certificate) + Fingerprint.Sha256(issuers[0]),
            _ => new Lazy<PendingCheck>(() => StartNew(certificate, issuers, usesSystemTrust))).Value;

    private PendingCheck StartNew(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers, bool usesSystemTrust)
    {
        var servers = RevocationServers.Of(certificate);
        if (servers.IsEmpty && !usesSystemTrust)
        {
            return new PendingCheck(RevocationAnswer.Unknown("it names no server to ask (neither a CRL nor OCSP)"));
        }

        if (mode == RevocationMode.Offline)
        {
            return new PendingCheck(Ask(certificate, issuers, servers, X509RevocationMode.Offline, usesSystemTrust));
        }

        // A server that was silent once in this build is not waited for again; the platform may still remember its answer.
        if (_silentServers.ContainsKey(servers.Key))
        {
            return new PendingCheck(Ask(certificate, issuers, servers, X509RevocationMode.Offline, usesSystemTrust));
        }

        // The check may outlive its limit and its builder (name resolution cannot be cancelled), so it gets copies.
        var copy = CertificateCopies.Copy(certificate);
        X509Certificate2[] issuerCopies = [.. issuers.Select(CertificateCopies.Copy)];
        return new PendingCheck(() => AskOnline(copy, issuerCopies, servers, usesSystemTrust), () => GiveUp(servers), Limit);
    }

    private RevocationAnswer AskOnline(X509Certificate2 certificate, X509Certificate2[] issuers, RevocationServers servers, bool usesSystemTrust)
    {
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var answer = Ask(certificate, issuers, servers, X509RevocationMode.Online, usesSystemTrust);
            if (answer.Kind == ChainProblemKind.RevocationUnknown && TimeProvider.System.GetElapsedTime(start) >= DownloadTimeout(servers))
            {
                _silentServers.TryAdd(servers.Key, true);
            }

            return answer;
        }
        finally
        {
            certificate.Dispose();
            CertificateCopies.DisposeAll(issuers);
        }
    }

    private RevocationAnswer GiveUp(RevocationServers servers)
    {
        _silentServers.TryAdd(servers.Key, true);
        return RevocationAnswer.Unknown($"no answer from {servers.Names} within {Limit.TotalSeconds:0} seconds");
    }

    private RevocationAnswer Ask(
        X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers, RevocationServers servers, X509RevocationMode platformMode, bool usesSystemTrust)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = platformMode;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.EndCertificateOnly;
        chain.ChainPolicy.UrlRetrievalTimeout = DownloadTimeout(servers);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(issuers.ToArray());
        if (!usesSystemTrust)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(issuers[^1]);
        }

        try
        {
            chain.Build(certificate);
            return Read(chain, servers, platformMode);
        }
        catch (CryptographicException exception)
        {
            return RevocationAnswer.Unknown(SafeText.Line(exception.Message));
        }
        finally
        {
            CertificateCopies.DisposeAll(chain.ChainElements.Select(element => element.Certificate));
        }
    }

    private static RevocationAnswer Read(X509Chain chain, RevocationServers servers, X509RevocationMode platformMode)
    {
        var statuses = chain.ChainElements[0].ChainElementStatus;
        if (statuses.Any(status => status.Status == X509ChainStatusFlags.Revoked))
        {
            return new RevocationAnswer(ChainProblemKind.Revoked, $"{servers.Names} says so");
        }

        const X509ChainStatusFlags Unknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
        if (statuses.FirstOrDefault(status => (status.Status & Unknown) != 0) is not { Status: not X509ChainStatusFlags.NoError } unknown)
        {
            return RevocationAnswer.Good;
        }

        var how = platformMode == X509RevocationMode.Online ? "no usable answer from" : "nothing remembered from";
        return RevocationAnswer.Unknown($"{how} {servers.Names} ({SafeText.Line(unknown.StatusInformation.Trim())})");
    }

    // The platform asks one CRL and one OCSP server, one after the other, each with this time-out.
    private static TimeSpan DownloadTimeout(RevocationServers servers) =>
        servers.CrlUrls.Count > 0 && servers.OcspUrls.Count > 0 ? DownloadLimit / 2 : DownloadLimit;
}
