using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>What rules know beside their subject.</summary>
/// <param name="Policy">What is demanded.</param>
/// <param name="Chains">Gives the chain of a certificate; the same one each time.</param>
/// <param name="Now">The time of the verification, one for all rules.</param>
internal sealed record RuleContext(VerificationPolicy Policy, ChainBuilder Chains, DateTimeOffset Now);
