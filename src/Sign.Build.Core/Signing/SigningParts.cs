using Sign.Build.Core.Certificates;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>What every kind of signing needs, ready to use.</summary>
/// <param name="Identity">Who signs.</param>
/// <param name="Writer">Makes signatures.</param>
/// <param name="Rewriter">Puts them into packages.</param>
/// <param name="Places">Bound how many packages are worked on at the same time.</param>
/// <param name="Existing">Verifies packages that are signed already, with their content hash.</param>
internal sealed record SigningParts(SigningIdentity Identity, SignatureWriter Writer, PackageRewriter Rewriter, SigningPlaces Places, PackageVerifier Existing)
{
    /// <summary>Gets the identity, judges its certificate before the key is used, and puts the parts together.</summary>
    /// <returns>The parts, or null where no certificate source is configured.</returns>
    /// <exception cref="SignBuildException">Bucket 2, or all rules of bucket 5 that the certificate breaks.</exception>
    public static async Task<SigningParts?> PrepareAsync(SigningSession session, ISignBuildLog log, CancellationToken cancellationToken)
    {
        if (await session.GetIdentityAsync(cancellationToken).ConfigureAwait(false) is not { } identity)
        {
            return null;
        }

        FindingReport.Apply(await session.JudgeCertificateAsync(identity, cancellationToken).ConfigureAwait(false), session, log);
        var chains = await session.GetChainsAsync(cancellationToken).ConfigureAwait(false);
        var timestamps = await session.GetTimestampsAsync(cancellationToken).ConfigureAwait(false);
        return new SigningParts(
            identity,
            session.WriterFor(identity, chains, new TimestampsOutsidePlaces(timestamps, session.Places)),
            new PackageRewriter(session, await session.GetVerifierAsync(withContentHash: false, cancellationToken).ConfigureAwait(false), log),
            session.Places,
            await session.GetVerifierAsync(withContentHash: true, cancellationToken).ConfigureAwait(false));
    }
}
