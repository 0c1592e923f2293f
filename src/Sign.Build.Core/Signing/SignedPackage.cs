using Sign.Build.Core.Archives;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Signing;

/// <summary>What happened to a package.</summary>
public enum SigningOutcome
{
    /// <summary>It got a new signature.</summary>
    Signed,

    /// <summary>It got a repository countersignature over its author signature.</summary>
    Countersigned,

    /// <summary>It had a good signature by the same certificate, which was kept.</summary>
    Reused,
}

/// <summary>One package after signing.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Identity">Id and version from its nuspec.</param>
/// <param name="Outcome">Signed or reused.</param>
/// <param name="Fingerprint">SHA-256 of the signing certificate, lower-case hex.</param>
/// <param name="Subject">Subject of the signing certificate as it may be printed.</param>
/// <param name="Timestamp">UTC time of the timestamp.</param>
/// <param name="TimestampAuthority">Who gave the timestamp: URL, or subject of its certificate when the signature was reused.</param>
/// <param name="ContentHash">Base64 SHA-512 of the package without its signature, as <c>dotnet nuget verify</c> prints it.</param>
/// <param name="Stamp">Size and time of the file, to notice a later change.</param>
/// <param name="Verification">The check after signing; null with <c>SignBuildVerify=false</c>, and for a repository.</param>
/// <param name="Duration">How long it took.</param>
public sealed record SignedPackage(
    string Path,
    PackageIdentity Identity,
    SigningOutcome Outcome,
    string Fingerprint,
    string Subject,
    DateTimeOffset Timestamp,
    string TimestampAuthority,
    string ContentHash,
    FileStamp Stamp,
    PackageVerification? Verification,
    TimeSpan Duration)
{
    internal static SignedPackage Describe(
        string path,
        SigningOutcome outcome,
        SigningIdentity identity,
        DateTimeOffset time,
        string authority,
        string contentHash,
        FileStamp stamp,
        PackageVerification? verification) =>
        new(
            path,
            PackageIdentityReader.Read(path),
            outcome,
            identity.Fingerprint,
            SafeText.DisplayName(identity.Certificate),
            time.ToUniversalTime(),
            authority,
            contentHash,
            stamp,
            verification,
            TimeSpan.Zero);
}

/// <summary>Size and last write time of a file: cheap to compare, and changed by everything that rewrites a package.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="LastWriteTimeUtc">UTC.</param>
public readonly record struct FileStamp(long Length, DateTime LastWriteTimeUtc)
{
    /// <summary>The stamp of the file now; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
