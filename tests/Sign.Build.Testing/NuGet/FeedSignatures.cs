using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace Sign.Build.Testing;

/// <summary>What NuGet's own reader says about author and repository of a package. A value, to compare with the expected one.</summary>
/// <param name="Primary">Type of the primary signature.</param>
/// <param name="Countersignature">Type of the countersignature, or empty.</param>
/// <param name="RepositoryFingerprint">Lower-case SHA-256 of the repository's certificate; empty without repository signature.</param>
/// <param name="ServiceIndex">Service index of the repository.</param>
/// <param name="Owners">Owners that the repository names, separated by a space.</param>
/// <param name="RepositoryTimestamps">Number of timestamps of the repository's signature.</param>
public sealed record FeedSignatures(string Primary, string Countersignature, string RepositoryFingerprint, string ServiceIndex, string Owners, int RepositoryTimestamps)
{
    /// <summary>Reads the package.</summary>
    public static async Task<FeedSignatures> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new PackageArchiveReader(path);
        var primary = await reader.GetPrimarySignatureAsync(cancellationToken) ?? throw new InvalidDataException($"'{path}' is not signed.");
        var countersignature = RepositoryCountersignature.GetRepositoryCountersignature(primary);
        var repository = (Signature?)countersignature ?? (primary as RepositoryPrimarySignature);
        var claims = repository as IRepositorySignature;
        return new FeedSignatures(
            primary.Type.ToString(),
            countersignature?.Type.ToString() ?? "",
            repository?.GetSigningCertificateFingerprint(NuGet.Common.HashAlgorithmName.SHA256).ToLowerInvariant() ?? "",
            claims?.V3ServiceIndexUrl.AbsoluteUri ?? "",
            string.Join(' ', claims?.PackageOwners ?? []),
            repository?.Timestamps.Count ?? 0);
    }
}
