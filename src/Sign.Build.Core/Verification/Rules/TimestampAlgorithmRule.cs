namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5014: imprint and digest of the token are SHA-2.</summary>
internal sealed class TimestampAlgorithmRule : IVerificationRule<JudgedTimestamp>
{
    private const string Fix = "Sign again with a timestamp authority (SignBuildTimestampUrl) that uses SHA-256, SHA-384 or SHA-512";

    public IEnumerable<Diagnostic> Check(JudgedTimestamp subject, RuleContext context)
    {
        if (subject.Timestamp.Info?.HashAlgorithmId is { } imprint && AcceptedAlgorithms.Hash(imprint.Value) is null)
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                Fix, $"the timestamp of {subject.Subject}", $"has a message imprint by {AcceptedAlgorithms.Name(imprint)}", "NU3030");
        }

        if (subject.Timestamp.SignerInfo?.DigestAlgorithm is { } digest && AcceptedAlgorithms.Hash(digest.Value) is null)
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                Fix, $"the timestamp of {subject.Subject}", $"uses the digest {AcceptedAlgorithms.Name(digest)}", "NU3024");
        }
    }
}
