using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Timestamping;

namespace Sign.Build.Core.Development;

/// <summary>
/// The throw-away authority of SignBuildMode=Development: a private root, a code-signing certificate and a timestamp authority
/// in this process. Made once per user and machine, renewed before it expires, and trusted by nothing outside this mode.
/// </summary>
public sealed class DevelopmentAuthority : IDisposable
{
    private const string FileName = "authority.pem";

    // Making three RSA keys takes a second or two on a busy machine. A process that holds the lock longer is stopped or hangs.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly DevelopmentCertificates _certificates;
    private readonly DevelopmentTimestampAuthority _timestamps;

    private DevelopmentAuthority(DevelopmentCertificates certificates, TimeProvider clock)
    {
        _certificates = certificates;
        Root = certificates.Root.OpenCertificate();
        _timestamps = new DevelopmentTimestampAuthority(
            certificates.Timestamping.OpenCertificate(), certificates.Timestamping.OpenPrivateKey(), Root, clock);
    }

    /// <summary>
    /// Where the authority lives for this user: <c>Sign.Build/development</c> in the local application data. A relative path where the
    /// user has no such folder; that is no error before somebody wants the authority.
    /// </summary>
    public static string DefaultDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "Sign.Build", "development");

    /// <summary>The root, the only certificate to trust in this mode. Owned by the authority.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Timestamps without a network. Valid until the authority is disposed; may be used by several threads.</summary>
    public ITimestampAuthority Timestamps => _timestamps;

    /// <summary>
    /// Gets the authority from <paramref name="directory"/>; makes or renews it where there is none that can be used.
    /// However many processes do this at once, all get the same.
    /// </summary>
    /// <exception cref="SignBuildException">SGN3005: the directory cannot be used.</exception>
    public static async Task<DevelopmentAuthority> LoadOrCreateAsync(string directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Path.IsPathFullyQualified(directory))
        {
            throw new SignBuildException(Diagnostics.DevelopmentDirectoryUnusable(null, "this user has no folder for local application data."));
        }

        try
        {
            return new DevelopmentAuthority(await LoadOrCreateCertificatesAsync(directory, clock, cancellationToken).ConfigureAwait(false), clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.DevelopmentDirectoryUnusable(directory, exception.Message), exception);
        }
    }

    /// <summary>The certificate and key to sign with. The caller owns the result.</summary>
    public SigningIdentity CreateIdentity() => new(
        _certificates.CodeSigning.OpenCertificate(), _certificates.CodeSigning.OpenPrivateKey(), [_certificates.Root.OpenCertificate()]);

    /// <summary>Timestamps whose message imprint and signature use another hash algorithm than SHA-256.</summary>
    public ITimestampAuthority TimestampsWith(HashAlgorithmName hashAlgorithm) => _timestamps.With(hashAlgorithm);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timestamps.Dispose();
        Root.Dispose();
    }

    private static async Task<DevelopmentCertificates> LoadOrCreateCertificatesAsync(string directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, FileName);
        var found = await DevelopmentFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (found is not null && ReferenceEquals(found.RenewedAt(clock.GetUtcNow()), found))
        {
            return found;
        }

        DevelopmentFile.PrepareDirectory(directory, path);
        using (await DevelopmentFile.LockAsync(directory, LockTimeout, cancellationToken).ConfigureAwait(false))
        {
            // Another process may have made it while this one waited.
            found = await DevelopmentFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            var current = found?.RenewedAt(clock.GetUtcNow()) ?? DevelopmentCertificates.Create(clock.GetUtcNow());
            if (!ReferenceEquals(current, found))
            {
                await DevelopmentFile.WriteAsync(path, current, cancellationToken).ConfigureAwait(false);
            }

            return current;
        }
    }
}
