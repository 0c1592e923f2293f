using System.Globalization;

namespace Sign.Build.Core.Signing;

/// <summary>The one line that a build prints about a package.</summary>
internal static class PackageLine
{
    /// <summary>Name, what happened, signer, start of the fingerprint, who gave the timestamp and when.</summary>
    public static string Of(SignedPackage package) => string.Create(
        CultureInfo.InvariantCulture,
        $"{package.Identity.Id} {package.Identity.Version}: {Word(package.Outcome)} {package.Subject} ({package.Fingerprint.AsSpan(0, 12)}...), timestamp {package.Timestamp:yyyy-MM-dd HH:mm:ss} UTC by {package.TimestampAuthority}");

    private static string Word(SigningOutcome outcome) => outcome == SigningOutcome.Signed ? "signed by" : "already signed by";
}
