using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>
/// A certificate with its issuers, and everything that is wrong with them now. It states facts; the rules judge them:
/// an expired certificate, for example, is a problem here and fine for a private feed when the timestamp is older.
/// The certificates belong to the <see cref="ChainBuilder"/> and live as long as it.
/// </summary>
/// <param name="Certificates">Leaf first, up to and including the root where one is known, trusted or not.</param>
/// <param name="Problems">At most one of a kind per certificate, in the order of <paramref name="Certificates"/>.</param>
/// <param name="Anchors">Which trust anchors were used, for messages.</param>
public sealed record CertificateChain(
    IReadOnlyList<X509Certificate2> Certificates,
    IReadOnlyList<ChainProblem> Problems,
    string Anchors)
{
    /// <summary>The certificate that the chain was built for.</summary>
    public X509Certificate2 Leaf => Certificates[0];

    /// <summary>Whether the chain ends in a trust anchor. Says nothing about time, usage or revocation.</summary>
    public bool IsTrusted => !Has(ChainProblemKind.UntrustedRoot) && !Has(ChainProblemKind.PartialChain);

    /// <summary>Whether any certificate has a problem of this kind.</summary>
    public bool Has(ChainProblemKind kind) => Find(kind) is not null;

    /// <summary>The first problem of this kind, leaf first, or null.</summary>
    public ChainProblem? Find(ChainProblemKind kind) => Problems.FirstOrDefault(problem => problem.Kind == kind);
}
