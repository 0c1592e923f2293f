using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Verification.Rules;

namespace Sign.Build.Core.Verification;

/// <summary>
/// Holds packages to a policy. Reads each file once, and reports everything that is wrong with it. May be used by several threads at once.
/// </summary>
/// <param name="policy">The rules.</param>
/// <param name="chains">Builds chains over the trust anchors; shared by all packages of a build.</param>
/// <param name="clock">What time it is.</param>
/// <param name="secondOpinion">Asked beside the rules, and heard where they accept a package; null: nobody.</param>
public sealed class PackageVerifier(VerificationPolicy policy, ChainBuilder chains, TimeProvider clock, ISecondOpinion? secondOpinion = null)
{
    /// <summary>Whether <see cref="PackageVerification.ContentHash"/> is wanted. It costs a SHA-512 beside the hash that is compared.</summary>
    public bool WithContentHash { get; init; }

    /// <summary>Verifies one file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="cancellationToken">Stops at the next block of the file.</param>
    /// <returns>The findings; a file that is no readable package is a finding too.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<PackageVerification> VerifyAsync(string path, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opinion = secondOpinion is null ? Task.FromResult<Diagnostic?>(null) : Task.Run(() => secondOpinion.JudgeAsync(path, stop.Token), stop.Token);
        try
        {
            var verification = await VerifyByRulesAsync(path, cancellationToken).ConfigureAwait(false);
            return verification.IsAccepted && await opinion.ConfigureAwait(false) is { } rejection
                ? verification with { Findings = [.. verification.Findings, rejection.About(path)] }
                : verification;
        }
        finally
        {
            // Where the rules reject, nobody needs the opinion; but nothing may hold the file open after this.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)opinion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PackageVerification> VerifyByRulesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var archive = PackageArchive.Open(path);
            var package = await PackageInspector.InspectAsync(archive, WithContentHash ? [HashAlgorithmName.SHA512] : [], chains.Decoder, cancellationToken).ConfigureAwait(false);
            var context = new RuleContext(policy, chains, clock.GetUtcNow());
            return new PackageVerification(path, package, [.. PackageJudge.Judge(package, context).Select(finding => finding.About(path))])
            {
                ContentHash = WithContentHash && package.ContentHashes.Find(HashAlgorithmName.SHA512) is { } hash ? Convert.ToBase64String(hash) : null,
            };
        }
        catch (ArchiveFormatException exception)
        {
            return new PackageVerification(path, null, [Diagnostics.UnreadablePackage(path, SafeText.Clause(exception.Message))]);
        }
    }
}
