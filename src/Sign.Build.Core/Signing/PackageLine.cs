using System.Globalization;

namespace Sign.Build.Core.Signing;

/// <summary>What a build prints about packages.</summary>
internal static class PackageLine
{
    /// <summary>Name, what happened, signer, start of the fingerprint, who gave the timestamp and when.</summary>
    public static string Of(SignedPackage package) => string.Create(
        CultureInfo.InvariantCulture,
        $"{package.Identity.Id} {package.Identity.Version}: {Word(package.Outcome)} {package.Subject} ({package.Fingerprint.AsSpan(0, 12)}...), timestamp {package.Timestamp:yyyy-MM-dd HH:mm:ss} UTC by {package.TimestampAuthority}");

    /// <summary>How many of several packages are signed now.</summary>
    public static string Summary(IReadOnlyList<SignedPackage> signed, int asked)
    {
        var kept = signed.Count(package => package.Outcome == SigningOutcome.Reused);
        return $"{signed.Count - kept} packages signed, {kept} kept their signature, {asked - signed.Count} failed.";
    }

    private static string Word(SigningOutcome outcome) => outcome switch
    {
        SigningOutcome.Signed => "signed by",
        SigningOutcome.Countersigned => "countersigned by",
        _ => "already signed by",
    };
}
