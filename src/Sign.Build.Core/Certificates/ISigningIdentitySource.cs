namespace Sign.Build.Core.Certificates;

/// <summary>A place where a signing certificate and its key come from.</summary>
public interface ISigningIdentitySource
{
    /// <summary>The place, as it may be shown to anybody: <c>file /x/y.pfx</c>, <c>certificate store CurrentUser/My</c>. No secret.</summary>
    string Description { get; }

    /// <summary>Gets the certificate and its key. The caller owns the result.</summary>
    /// <exception cref="SignBuildException">Bucket SGN2xxx: not found, unreadable, no key, refused, no answer.</exception>
    Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken);
}
