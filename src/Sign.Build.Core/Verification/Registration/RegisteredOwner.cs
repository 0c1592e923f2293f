namespace Sign.Build.Core.Verification;

/// <summary>An owner of packages on nuget.org and what is registered there.</summary>
/// <param name="Name">User or organization name; compared without case.</param>
/// <param name="Fingerprints">SHA-256 fingerprints of the registered certificates, lower-case hex. Whether they are still valid does not matter to nuget.org.</param>
public sealed record RegisteredOwner(string Name, IReadOnlyCollection<string> Fingerprints)
{
    /// <summary>Whether anything is registered.</summary>
    public bool HasCertificates => Fingerprints.Count > 0;

    /// <summary>Whether this certificate is registered.</summary>
    public bool Owns(string fingerprint) => Fingerprints.Contains(fingerprint, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether this is the owner of that name.</summary>
    public bool HasName(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
