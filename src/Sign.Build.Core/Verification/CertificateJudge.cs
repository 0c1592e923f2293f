using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Verification.Rules;

namespace Sign.Build.Core.Verification;

/// <summary>
/// Holds a signing certificate to the rules that it is held to in a finished package, before its key is used:
/// key, algorithm, purpose, validity, chain, revocation, registration. Also warns before it expires (SGN2010).
/// </summary>
/// <param name="chains">Builds chains over the trust anchors.</param>
/// <param name="clock">What time it is.</param>
/// <param name="policy">The rules.</param>
public sealed class CertificateJudge(ChainBuilder chains, TimeProvider clock, VerificationPolicy policy)
{
    /// <summary>What is wrong with a certificate that is going to make author signatures.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="additional">Certificates that may be its issuers.</param>
    public IReadOnlyList<Diagnostic> Judge(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> additional)
    {
        var now = clock.GetUtcNow();
        var context = new RuleContext(policy, chains, now);
        var use = new CertificateUse(CertificateRole.Signer, certificate, additional, UsedAt: null);
        return [.. RuleSets.Certificate.CheckAll(use, context), .. RegistrationRule.CheckCertificate(certificate, policy), .. WarnOfExpiry(certificate, now)];
    }

    private IEnumerable<Diagnostic> WarnOfExpiry(X509Certificate2 certificate, DateTimeOffset now)
    {
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        if (end >= now && end - now < policy.ExpiryWarning)
        {
            yield return Diagnostics.CertificateExpiresSoon(SafeText.DisplayName(certificate), end, (end - now).Days);
        }
    }
}
