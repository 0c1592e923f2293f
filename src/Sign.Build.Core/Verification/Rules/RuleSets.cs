namespace Sign.Build.Core.Verification.Rules;

/// <summary>All rules, in the order in which their findings are reported.</summary>
internal static class RuleSets
{
    public static IReadOnlyList<IVerificationRule<InspectedPackage>> Package { get; } =
    [
        new PackageSizeRule(),
        new ArchiveEntriesRule(),
        new SignedRule(),
        new ReadableSignatureRule(),
        new AuthorSignatureRule(),
        new RegistrationRule(),
        new ContentRule(),
        new CountersignatureRule(),
        new TrustedSignerRule(),
    ];

    public static IReadOnlyList<IVerificationRule<JudgedSigner>> Signer { get; } =
    [
        new SignatureFormatRule(),
        new SignatureAlgorithmRule(),
        new TimestampPresenceRule(),
        new SingleTimestampRule(),
    ];

    public static IReadOnlyList<IVerificationRule<JudgedTimestamp>> Timestamp { get; } =
    [
        new TimestampFormatRule(),
        new TimestampImprintRule(),
        new TimestampTimeRule(),
        new TimestampAlgorithmRule(),
    ];

    public static IReadOnlyList<IVerificationRule<CertificateUse>> Certificate { get; } =
    [
        new CertificateKeyRule(),
        new CertificateAlgorithmRule(),
        new CertificatePurposeRule(),
        new CertificateValidityRule(),
        new CertificateTrustRule(),
        new CertificateRevocationRule(),
    ];

    /// <summary>What all rules say about one subject.</summary>
    public static IEnumerable<Diagnostic> CheckAll<TSubject>(this IReadOnlyList<IVerificationRule<TSubject>> rules, TSubject subject, RuleContext context) =>
        rules.SelectMany(rule => rule.Check(subject, context));
}
