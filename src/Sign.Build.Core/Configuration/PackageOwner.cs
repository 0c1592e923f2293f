namespace Sign.Build.Core.Configuration;

/// <summary><c>SignBuildOwner</c>: an owner of the package on nuget.org.</summary>
/// <param name="Name">User or organization name; compared without case.</param>
/// <param name="Certificates">Registered certificates: absolute paths of <c>.cer</c> files or SHA-256 fingerprints, as written. Empty: none registered.</param>
public sealed record PackageOwner(string Name, IReadOnlyList<string> Certificates);
