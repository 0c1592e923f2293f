using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Chains;

/// <summary>
/// Builds chains as they are valid now, and remembers them: packages of one build share their certificates, and building
/// the chain is most of what verification costs. One instance per build; it owns every certificate in the chains that it gives.
/// </summary>
/// <param name="anchors">The roots that end a chain.</param>
/// <param name="revocation">Whether certificate authorities are asked about revocation.</param>
/// <param name="clock">What time it is.</param>
public sealed class ChainBuilder(TrustAnchors anchors, RevocationMode revocation, TimeProvider clock) : IDisposable
{
    private const string CodeSigningOid = "1.3.6.1.5.5.7.3.3";
    private const string TimestampingOid = "1.3.6.1.5.5.7.3.8";

    // A signature can carry any number of certificates; a real one has ten, and a real chain five.
    private const int RelatedLimit = 64;
    private const int CandidateLimit = 256;

    // Each round finds the anchor of an issuer that only the platform's store of intermediates knew.
    private const int RoundLimit = 4;

    private readonly ConcurrentDictionary<string, Lazy<CertificateChain>> _chains = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, X509Certificate2> _roots = new(StringComparer.Ordinal);
    private readonly RevocationChecker _revocation = new(revocation, clock);
    private volatile bool _disposed;

    /// <summary>Decodes the certificates that chains are built for; remembers them as long as the chains.</summary>
    public CertificateDecoder Decoder { get; } = new();

    /// <summary>
    /// The chain of <paramref name="leaf"/>. May wait for revocation servers, five seconds for a certificate at most, and
    /// only once for each. Nothing is downloaded to complete a chain: what is not in the package, nuget.org does not have either.
    /// </summary>
    /// <param name="leaf">The certificate to build the chain for.</param>
    /// <param name="additional">Certificates that may be its issuers, trusted or not, in any order.</param>
    /// <param name="purpose">What the leaf is used for.</param>
    public CertificateChain Build(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> additional, CertificatePurpose purpose)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var related = FindRelated(leaf, additional);
        return _chains.GetOrAdd(
            Key(leaf, related, purpose),
            _ => new Lazy<CertificateChain>(() => BuildNew(leaf, related, purpose))).Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        foreach (var chain in _chains.Values.Where(chain => chain.IsValueCreated))
        {
            CertificateCopies.DisposeAll(chain.Value.Certificates);
        }

        CertificateCopies.DisposeAll(_roots.Values);
    }

    // Only what issuer names can reach from the leaf: the rest changes nothing, and would make equal chains look different.
    private static List<X509Certificate2> FindRelated(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> additional)
    {
        var candidates = additional.Take(CandidateLimit).ToList();
        var path = new List<X509Certificate2> { leaf };
        for (var index = 0; index < path.Count && path.Count <= RelatedLimit; index++)
        {
            foreach (var candidate in CertificateNames.Find(candidates, path[index].IssuerName.RawData, candidate => candidate.SubjectName.RawData))
            {
                // Not Equals: it compares issuer and serial number only, which anybody can choose.
                if (!path.Exists(known => known.RawDataMemory.Span.SequenceEqual(candidate.RawDataMemory.Span)))
                {
                    path.Add(candidate);
                }
            }
        }

        return path[1..];
    }

    private static string Key(X509Certificate2 leaf, List<X509Certificate2> related, CertificatePurpose purpose)
    {
        var key = new StringBuilder().Append((int)purpose).Append(Fingerprint.Sha256(leaf));
        foreach (var fingerprint in related.Select(Fingerprint.Sha256).Order(StringComparer.Ordinal))
        {
            key.Append(fingerprint);
        }

        return key.ToString();
    }

    private CertificateChain BuildNew(X509Certificate2 leaf, List<X509Certificate2> related, CertificatePurpose purpose)
    {
        var path = BuildPath(leaf, related, purpose);
        var chain = new CertificateChain(path.Certificates, path.Problems, anchors.Describe(purpose));

        // About a chain that is not trusted nobody could say anything that counts.
        return revocation == RevocationMode.NoCheck || !chain.IsTrusted || chain.Has(ChainProblemKind.InvalidSignature) || chain.Has(ChainProblemKind.InvalidBasicConstraints)
            ? chain
            : chain with { Problems = [.. path.Problems, .. FindRevoked(path)] };
    }

    private List<ChainProblem> FindRevoked(ChainPath path)
    {
        // All at once, so that several silent servers are waited for together. The root is its own word.
        var certificates = path.Certificates;
        var checks = certificates.SkipLast(1)
            .Select((certificate, index) => (certificate, check: _revocation.Start(certificate, certificates[(index + 1)..], path.BySystemTrust)))
            .ToList();
        var problems = new List<ChainProblem>();
        foreach (var (certificate, check) in checks)
        {
            if (check.Answer is { Kind: { } kind } answer)
            {
                problems.Add(new ChainProblem(kind, certificate, answer.Detail));
            }
        }

        return problems;
    }

    private ChainPath BuildPath(X509Certificate2 leaf, List<X509Certificate2> related, CertificatePurpose purpose)
    {
        if (anchors.UsesSystemTrust)
        {
            var system = BuildOnce(leaf, related, purpose, roots: null);
            if (system.IsTrusted || !anchors.HasAdditionalRoots)
            {
                return system;
            }

            CertificateCopies.DisposeAll(system.Certificates);
        }

        List<X509Certificate2> roots = [];
        AddRoots(roots, related.Prepend(leaf), purpose, exact: true);
        for (var round = 1; ; round++)
        {
            var path = BuildOnce(leaf, related, purpose, roots);
            if (path.IsTrusted || round == RoundLimit || !AddRoots(roots, path.Certificates, purpose, exact: false))
            {
                return path;
            }

            CertificateCopies.DisposeAll(path.Certificates);
        }
    }

    private bool AddRoots(List<X509Certificate2> roots, IEnumerable<X509Certificate2> issued, CertificatePurpose purpose, bool exact)
    {
        var count = roots.Count;
        foreach (var root in issued.SelectMany(certificate => FindRoots(certificate.IssuerName, purpose, exact)))
        {
            if (!roots.Exists(known => ReferenceEquals(known, root)))
            {
                roots.Add(root);
            }
        }

        return roots.Count > count;
    }

    private IEnumerable<X509Certificate2> FindRoots(X500DistinguishedName subject, CertificatePurpose purpose, bool exact)
    {
        foreach (var certificate in anchors.Find(subject.RawData, purpose, exact))
        {
            var key = Convert.ToHexStringLower(SHA256.HashData(certificate.Span));
            if (_roots.TryGetValue(key, out var known))
            {
                yield return known;
            }
            else if (Load(certificate.Span) is { } loaded)
            {
                var kept = _roots.GetOrAdd(key, loaded);
                if (!ReferenceEquals(kept, loaded))
                {
                    loaded.Dispose();
                }

                yield return kept;
            }
        }
    }

    // A certificate of the bundle that the platform cannot read is no anchor.
    private static X509Certificate2? Load(ReadOnlySpan<byte> certificate)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ChainPath BuildOnce(X509Certificate2 leaf, List<X509Certificate2> related, CertificatePurpose purpose, List<X509Certificate2>? roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(UsageOid(purpose)));
        chain.ChainPolicy.ExtraStore.AddRange(related.ToArray());
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots.ToArray());
        }

        try
        {
            chain.Build(leaf);
            return ChainPath.Read(chain, UsageOid(purpose), bySystemTrust: roots is null);
        }
        catch (CryptographicException exception)
        {
            return ChainPath.Failed(leaf, exception.Message, bySystemTrust: roots is null);
        }
        finally
        {
            CertificateCopies.DisposeAll(chain.ChainElements.Select(element => element.Certificate));
        }
    }

    private static string UsageOid(CertificatePurpose purpose) =>
        purpose == CertificatePurpose.Timestamping ? TimestampingOid : CodeSigningOid;
}
