namespace Sign.Build.Core;

/// <summary>
/// Every diagnostic of Sign.Build, in code order: 1 configuration, 2 certificate and key, 3 files and signing,
/// 4 timestamping, 5 verification, 9 host. A code is never used again for something else. Each has a page in docs/diagnostics.
/// Texts say first what to do, then the actual values; they never contain a secret.
/// </summary>
public static class Diagnostics
{
    // 1: configuration

    /// <summary>SGN1001: signing is required, but nothing is configured.</summary>
    public static Diagnostic NoCertificateSource() => Error("SGN1001",
        "Configure a signing certificate (for example SignBuildCertificatePath, SignBuildCertificateFingerprint or SignBuildKeyVaultUrl). SignBuildMode is Required, and no certificate source is set.");

    /// <summary>SGN1001: signing is required, and the variable that should hold the certificate is empty.</summary>
    public static Diagnostic CertificateVariableEmpty(string variable) => Error("SGN1001",
        $"Set the environment variable '{variable}' to a base64 PFX, and check that this job may read the secret. SignBuildMode is Required, SignBuildCertificateVariable names '{variable}', and it is not set or empty.", "SignBuildCertificateVariable");

    /// <summary>SGN1001: signing is required, but there is no package.</summary>
    public static Diagnostic NothingToSign() => Error("SGN1001",
        "Let the project produce a package, or set SignBuildMode to Auto for it. SignBuildMode is Required, and there is no package to sign.");

    /// <summary>SGN1001: SignBuildPackages matches no file.</summary>
    public static Diagnostic NoPackagesMatched() => Error("SGN1001",
        "Set SignBuildPackages to a file, a list or a pattern (mirror/**/*.nupkg) that matches packages. It matches none.", "SignBuildPackages");

    /// <summary>SGN1001: nobody to trust is configured.</summary>
    public static Diagnostic NoTrustedSigner() => Error("SGN1001",
        "List SignBuildTrustedAuthor or SignBuildTrustedRepository items, or configure a signing certificate, which is trusted then. There is nobody to trust.");

    /// <summary>SGN1002: a property has a value that it cannot have.</summary>
    public static Diagnostic InvalidValue(string property, string value, string allowed) => Error("SGN1002",
        $"Set {property} to {allowed}. It is '{value}'.", property);

    /// <summary>SGN1002: a registered certificate of an owner is no such thing.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="certificate">The path or fingerprint as it was given.</param>
    /// <param name="reason">What is wrong, as a part of a sentence.</param>
    public static Diagnostic InvalidOwnerCertificate(string owner, string certificate, string reason) => Error("SGN1002",
        $"Set the Certificates metadata of SignBuildOwner '{owner}' to .cer files as nuget.org takes them (the target SignBuildExportCertificate writes one) or to SHA-256 fingerprints: '{certificate}' {reason}.", "SignBuildOwner");

    /// <summary>SGN1003: more than one certificate source.</summary>
    public static Diagnostic SeveralCertificateSources(IReadOnlyList<string> properties) => Error("SGN1003",
        $"Keep one certificate source and remove the others. These are set: {string.Join(", ", properties)}. A property that comes from Directory.Build.props or the environment can be emptied in the project or with -p:{properties[^1]}=", properties[^1]);

    /// <summary>SGN1004: further trust anchors with policy NuGetOrg.</summary>
    public static Diagnostic TrustedRootWithNuGetOrg(string path) => Error("SGN1004",
        $"Set SignBuildPolicy to Private, or remove the SignBuildTrustedRoot item '{path}'. nuget.org trusts only the roots of its platform, so a package that needs another root would be rejected there.", "SignBuildTrustedRoot");

    /// <summary>SGN1005: a secret was given as a property.</summary>
    public static Diagnostic SecretInProperty(string property, string instead) => Error("SGN1005",
        $"Remove {property} and use {instead}. MSBuild writes the values of properties to logs and binary logs; treat the secret that was in this one as leaked.", property);

    /// <summary>SGN1006: consumers shall trust the development certificate.</summary>
    /// <param name="path">The nuget.config.</param>
    /// <param name="subject">The certificate.</param>
    public static Diagnostic DevelopmentCertificateTrusted(string path, string subject) => Warning("SGN1006",
        $"List whom consumers shall trust as SignBuildTrustedAuthor or SignBuildTrustedRepository items, or configure the signing certificate of your releases; then take the author '{subject}' out of the file. SignBuildMode is Development, and '{path}' now trusts this machine's throw-away certificate with allowUntrustedRoot: whoever can run a build as this user can sign packages that it accepts.", "SignBuildMode");

    // 2: certificate and key

    /// <summary>SGN2001: the certificate is not where the source says.</summary>
    /// <param name="source">The source that was searched.</param>
    /// <param name="fix">What to do and why, as sentences.</param>
    public static Diagnostic CertificateNotFound(string source, string fix) => Error("SGN2001",
        $"{fix} No signing certificate was found in {source}.");

    /// <summary>SGN2001: the private key is not where the URI says.</summary>
    /// <param name="source">The key that was searched.</param>
    /// <param name="fix">What to do and why, as sentences.</param>
    public static Diagnostic PrivateKeyNotFound(string source, string fix) => Error("SGN2001",
        $"{fix} There is no {source}.");

    /// <summary>SGN2002: the certificate's file cannot be read.</summary>
    public static Diagnostic CertificateUnreadable(string source, string fix) => Error("SGN2002",
        $"{fix} The certificate in {source} could not be read.");

    /// <summary>SGN2003: there is no private key for the certificate.</summary>
    public static Diagnostic NoPrivateKey(string source, string subject, string fix) => Error("SGN2003",
        $"{fix} The certificate '{subject}' from {source} has no private key that can sign.");

    /// <summary>SGN2004: several certificates match.</summary>
    public static Diagnostic AmbiguousCertificate(string source, IReadOnlyList<string> candidates) => Error("SGN2004",
        $"Set SignBuildCertificateFingerprint or SignBuildExpectedFingerprint to the one that shall sign. {source} has several: {string.Join("; ", candidates)}.");

    /// <summary>SGN2005: the certificate is not the expected one.</summary>
    public static Diagnostic UnexpectedCertificate(string source, string expected, string actual, string subject) => Error("SGN2005",
        $"Set SignBuildExpectedFingerprint to {actual} if this certificate is right, or correct the source. Expected is {expected}; {source} gave '{subject}' with SHA-256 {actual}.", "SignBuildExpectedFingerprint");

    /// <summary>SGN2006: the key service refused.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fix">Which permission or role to grant, or what else to mend.</param>
    /// <param name="reason">What the service answered, one line.</param>
    public static Diagnostic KeyServiceRefused(string service, string fix, string reason) => Error("SGN2006",
        $"{fix} {service} refused: {reason}");

    /// <summary>SGN2007: the key service did not answer.</summary>
    public static Diagnostic KeyServiceSilent(string service, string reason) => Error("SGN2007",
        $"Check that this machine can reach {service}, then build again. It gave no usable answer: {reason}");

    /// <summary>SGN2007: what stands between the build and a key in hardware is missing.</summary>
    public static Diagnostic KeyModuleUnusable(string source, string fix, string reason) => Error("SGN2007",
        $"{fix} The {source} cannot be reached: {reason}");

    /// <summary>SGN2010: the certificate expires soon.</summary>
    public static Diagnostic CertificateExpiresSoon(string subject, DateTimeOffset notAfter, int days) => Warning("SGN2010",
        $"Renew the signing certificate '{subject}' and register the new one: it expires on {notAfter.UtcDateTime:yyyy-MM-dd HH:mm} UTC, in {days} days. (SignBuildCertificateExpiryWarningDays sets how early this is said.)");

    // 3: files and signing

    /// <summary>SGN3001: Pack did not write the package that it announced.</summary>
    public static Diagnostic PackageMissing(string path) => Error("SGN3001",
        "Set PackageId and PackageVersion as in the .nuspec file, or list the file in SignBuildPackage items. Pack announced this package and did not write it; with NuspecFile or OutputFileNamesWithoutVersion NuGet can announce a wrong name.", path);

    /// <summary>SGN3002: the file is not a readable package.</summary>
    public static Diagnostic UnreadablePackage(string path, string reason) => Error("SGN3002",
        $"Build the package again: the file is not a readable NuGet package ({reason}).", path);

    /// <summary>SGN3003: the package cannot be signed because of its size.</summary>
    public static Diagnostic TooLargeToSign(string path, string reason) => Error("SGN3003",
        $"Make the package smaller or split it: {reason}. NuGet can neither sign nor verify Zip64 packages (NU3006, NU3039).", path);

    /// <summary>SGN3004: the package is signed already, and that is not wanted.</summary>
    public static Diagnostic AlreadySigned(string path, string signer) => Error("SGN3004",
        $"Set SignBuildExistingSignature to Reuse or Replace, or delete the package first. It is signed already by {signer}, and SignBuildExistingSignature is Fail (NU3001).", path);

    /// <summary>SGN3005: the file could not be read or replaced.</summary>
    public static Diagnostic FileAccess(string path, string reason) => Error("SGN3005",
        $"Check that no other program holds the file and that this user may write to its folder: {reason}", path);

    /// <summary>SGN3005: the development authority cannot be kept.</summary>
    public static Diagnostic DevelopmentDirectoryUnusable(string? directory, string reason) => Error("SGN3005",
        $"Let this user own and write to the folder of the development authority, or set HOME (on Linux also XDG_DATA_HOME) to a folder where that is so. It could not be used: {reason}", directory);

    /// <summary>SGN3006: another repository has signed the package, or this one, and that is not wanted.</summary>
    public static Diagnostic AlreadyRepositorySigned(string path, string repository, string signer) => Error("SGN3006",
        $"Set SignBuildExistingSignature to Replace to replace the repository signature; an author signature stays. It is signed already for the repository {repository} by '{signer}'.", path);

    // 4: timestamping

    /// <summary>SGN4001: no timestamp authority gave an acceptable token.</summary>
    /// <param name="failures">One line per authority: its URL and its reason.</param>
    public static Diagnostic NoTimestamp(IReadOnlyList<string> failures) => Error("SGN4001",
        $"Check the network and SignBuildTimestampUrl, or name further authorities there. No timestamp authority gave an acceptable token: {string.Join("; ", failures)}");

    /// <summary>SGN4001: none gave one for as long as the build waits.</summary>
    /// <param name="seconds"><c>SignBuildTimestampDeadline</c>.</param>
    /// <param name="failures">One line per authority: its URL and the last that was heard of it.</param>
    public static Diagnostic NoTimestampInTime(int seconds, IReadOnlyList<string> failures) => Error("SGN4001",
        $"Check the network and SignBuildTimestampUrl, name further authorities there, or set SignBuildTimestampDeadline higher. No timestamp authority gave an acceptable token for {seconds} s (SignBuildTimestampDeadline), and none is asked again in this build: {string.Join("; ", failures)}");

    /// <summary>SGN4002: one authority failed, the next one is used.</summary>
    /// <param name="authority">Its URL.</param>
    /// <param name="reason">One line without a full stop.</param>
    /// <param name="next">The URL of the next one.</param>
    public static Diagnostic TimestampAuthorityFailed(string authority, string reason, string next) => Warning("SGN4002",
        $"Timestamp authority {authority} failed and is not asked again in this build: {reason}. Going on with {next}.", "SignBuildTimestampUrl");

    // 5: verification. "subject" says whose: the author signature, the signing certificate 'X', the timestamp certificate 'Y' …

    /// <summary>SGN5001: not signed.</summary>
    public static Diagnostic NotSigned(string reason) => Error("SGN5001",
        $"Sign the package: {reason} (NU3004).");

    /// <summary>SGN5002: the primary signature is not an author signature.</summary>
    public static Diagnostic NotAuthorSignature(string actual) => Error("SGN5002",
        $"Sign the package as its author: its primary signature is {actual}.");

    /// <summary>SGN5003: no timestamp.</summary>
    public static Diagnostic NoTimestampInSignature(string fix, string subject) => Error("SGN5003",
        $"{fix}: {subject} has no timestamp (NU3027).");

    /// <summary>SGN5004: more than one timestamp.</summary>
    public static Diagnostic SeveralTimestamps(string fix, string subject, int count) => Error("SGN5004",
        $"{fix}: {subject} has {count} timestamps, and exactly one is accepted (NU3000).");

    /// <summary>SGN5005: content changed after signing.</summary>
    public static Diagnostic ContentChanged(string expected, string actual) => Error("SGN5005",
        $"Build and sign the package again, and let nothing change it afterwards: its content does not match the signature (NU3008; signed was {expected}, is {actual}).");

    /// <summary>SGN5006: the signature itself is invalid or malformed.</summary>
    public static Diagnostic InvalidSignature(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5006",
        $"{fix}: {subject} is not valid: {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5007: key is not RSA or too short.</summary>
    public static Diagnostic WeakKey(string subject, string actual, string? nuGetCode) =>
        WeakKey("Use a certificate with an RSA key of 2048 bits or more", subject, actual, nuGetCode);

    /// <summary>SGN5007 with another fix.</summary>
    public static Diagnostic WeakKey(string fix, string subject, string actual, string? nuGetCode) => Error("SGN5007",
        $"{fix}: {subject} has {actual}{Code(nuGetCode)}.");

    /// <summary>SGN5008: the certificate is not for this purpose.</summary>
    public static Diagnostic WrongPurpose(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5008",
        $"{fix}: {subject} {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5009: the certificate is not valid now, or was not at the time of the timestamp.</summary>
    public static Diagnostic NotTimeValid(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5009",
        $"{fix}: {subject} {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5010: the chain does not end in a trusted root.</summary>
    public static Diagnostic UntrustedChain(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5010",
        $"{fix}: {subject} {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5011: the certificate is revoked.</summary>
    public static Diagnostic Revoked(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5011",
        $"{fix}, and ask the issuer why: {subject} {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5012: revocation status unknown.</summary>
    public static Diagnostic RevocationUnknown(string subject, string reason) => Warning("SGN5012",
        $"Let this machine reach the certificate authority, or set SignBuildRevocationMode: whether {subject} is revoked is unknown: {reason}.");

    /// <summary>SGN5013: the timestamp is invalid.</summary>
    public static Diagnostic InvalidTimestamp(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5013",
        $"{fix}: the timestamp of {subject} is not valid: {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5014: algorithm not accepted.</summary>
    public static Diagnostic AlgorithmNotAccepted(string fix, string subject, string reason, string? nuGetCode) => Error("SGN5014",
        $"{fix}: {subject} {reason}{Code(nuGetCode)}.");

    /// <summary>SGN5015: the signing certificate is not registered by any owner.</summary>
    public static Diagnostic CertificateNotRegistered(string certificate, string fingerprint, string registered) => Error("SGN5015",
        $"Sign with a registered certificate, or register this one at nuget.org (account settings, Certificates; the target SignBuildExportCertificate writes the file) and add it to the SignBuildOwner item: no owner has registered {certificate} with SHA-256 {fingerprint}. Registered: {registered}.");

    /// <summary>SGN5016: not signed by the required signer.</summary>
    public static Diagnostic NotRequiredSigner(string requiredSigner, string certificate, string fingerprint, string reason) => Error("SGN5016",
        $"Sign with a certificate of '{requiredSigner}', or change the required signer at nuget.org and in SignBuildRequiredSigner: {certificate} with SHA-256 {fingerprint} {reason}.");

    /// <summary>SGN5017: signed, though nobody who may sign has a certificate registered.</summary>
    public static Diagnostic SigningNotAllowed(string fingerprint, string reason) => Error("SGN5017",
        $"Register the certificate with SHA-256 {fingerprint} at nuget.org (account settings, Certificates) and add it to the SignBuildOwner item, or push the package unsigned: {reason}, and nuget.org rejects signed packages then.");

    /// <summary>SGN5018: Zip64 package.</summary>
    public static Diagnostic Zip64Package() => Error("SGN5018",
        "Make the package smaller or pack it without Zip64: NuGet neither signs nor verifies Zip64 packages, and nuget.org accepts none (NU3006).");

    /// <summary>SGN5019: author countersignature.</summary>
    public static Diagnostic AuthorCountersignature() => Error("SGN5019",
        "Sign the package again without a countersignature of type author: nuget.org does not accept one.");

    /// <summary>SGN5020: larger than nuget.org takes.</summary>
    public static Diagnostic TooLargeForNuGetOrg(long bytes, long limit) => Error("SGN5020",
        $"Make the package smaller: it has {bytes} bytes, and nuget.org takes at most {limit}.");

    /// <summary>SGN5021: the gallery refuses the archive.</summary>
    public static Diagnostic RefusedByGallery(string fix, string reason) => Error("SGN5021",
        $"{fix}: nuget.org refuses a package {reason}.");

    /// <summary>SGN5030: no signature is by a trusted signer.</summary>
    public static Diagnostic SignerNotTrusted(string signatures, string trusted) => Error("SGN5030",
        $"Take the package from a source that you trust, or list its signer as SignBuildTrustedAuthor or SignBuildTrustedRepository: it is signed by {signatures}, and trusted are {trusted} (NU3034).");

    /// <summary>SGN5031: a trusted repository's service index, with another certificate.</summary>
    public static Diagnostic RepositoryCertificateNotTrusted(string repository, string signer, string trusted) => Error("SGN5031",
        $"Check with the operator of '{repository}' whether its certificate changed, and add it to the SignBuildTrustedRepository item: the package is signed by {signer}, and listed are {trusted} (NU3034).");

    /// <summary>SGN5032: a trusted repository, but none of the trusted owners.</summary>
    public static Diagnostic OwnerNotTrusted(string repository, string owners, string trusted) => Error("SGN5032",
        $"Add the owner to the metadata Owners of the SignBuildTrustedRepository item '{repository}', if you trust it: the owners of the package are {owners}, and trusted are {trusted} (NU3034).");

    /// <summary>SGN5090: NuGet's own verifier rejects what the rules accepted.</summary>
    public static Diagnostic RejectedByNuGet(string issues) => Error("SGN5090",
        $"Please report this to Sign.Build with the package, and do not push it: NuGet's verifier, with nuget.org's settings, rejects what Sign.Build's rules accept: {issues}");

    /// <summary>SGN5099: changed by another target after it was signed.</summary>
    public static Diagnostic ChangedAfterSigning(string path, string reason) => Error("SGN5099",
        $"Let the target that rewrites the package run before signing: add its name to SignBuildDependsOn. {reason}", path);

    // 9: host (SGN9001 is raised by Sign.Build.targets: on such a host no task can be loaded)

    /// <summary>SGN9001: the host is too old.</summary>
    public static Diagnostic HostTooOld(string version) => Error("SGN9001",
        $"Use the .NET SDK 10.0.100 or newer (MSBuild 18). This is MSBuild {version}.");

    private static string Code(string? nuGetCode) => nuGetCode is null ? "" : $" ({nuGetCode})";

    private static Diagnostic Error(string code, string message, string? file = null) => new(code, DiagnosticLevel.Error, message, file);

    private static Diagnostic Warning(string code, string message, string? file = null) => new(code, DiagnosticLevel.Warning, message, file);
}
