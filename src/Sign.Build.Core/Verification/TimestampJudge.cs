using Sign.Build.Core.Chains;
using Sign.Build.Core.Verification.Rules;

namespace Sign.Build.Core.Verification;

/// <summary>Holds a timestamp to the rules that it is held to in a finished package, so that a bad one is never embedded.</summary>
/// <param name="chains">Builds chains over the trust anchors.</param>
/// <param name="clock">What time it is.</param>
/// <param name="policy">The rules.</param>
public sealed class TimestampJudge(ChainBuilder chains, TimeProvider clock, VerificationPolicy policy)
{
    /// <summary>What is wrong with a timestamp.</summary>
    /// <param name="timestamp">The timestamp.</param>
    /// <param name="signatureValue">The bytes of the signature that it should be over.</param>
    /// <param name="subject">That signature in a sentence: <c>the author signature</c>.</param>
    public IReadOnlyList<Diagnostic> Judge(InspectedTimestamp timestamp, ReadOnlyMemory<byte> signatureValue, string subject) =>
        [.. PackageJudge.JudgeTimestamp(
            new JudgedTimestamp(timestamp, signatureValue, subject, CertificateRole.Timestamp),
            new RuleContext(policy, chains, clock.GetUtcNow()))];
}
