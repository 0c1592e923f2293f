namespace Sign.Build.Core.Configuration;

/// <summary>The items of a project that are settings, as the project wrote them.</summary>
/// <param name="AdditionalCertificates"><c>SignBuildAdditionalCertificate</c>: paths.</param>
/// <param name="TrustedRoots"><c>SignBuildTrustedRoot</c>: paths.</param>
/// <param name="Owners"><c>SignBuildOwner</c>.</param>
public sealed record SettingItems(
    IReadOnlyList<string> AdditionalCertificates,
    IReadOnlyList<string> TrustedRoots,
    IReadOnlyList<PackageOwner> Owners)
{
    /// <summary><c>SignBuildTrustedAuthor</c> and <c>SignBuildTrustedRepository</c>.</summary>
    public IReadOnlyList<TrustedSignerItem> TrustedSigners { get; init; } = [];

    /// <summary>No items.</summary>
    public static SettingItems None { get; } = new([], [], []);
}

/// <summary>One <c>SignBuildTrustedAuthor</c> or <c>SignBuildTrustedRepository</c> item, as the project wrote it.</summary>
/// <param name="Name">Identity of the item.</param>
/// <param name="Certificates">Metadata <c>Certificates</c>.</param>
/// <param name="ServiceIndexUrl">Metadata <c>ServiceIndexUrl</c>; null for an author.</param>
/// <param name="Owners">Metadata <c>Owners</c>.</param>
/// <param name="AllowUntrustedRoot">Metadata <c>AllowUntrustedRoot</c>.</param>
public sealed record TrustedSignerItem(
    string Name, IReadOnlyList<string> Certificates, string? ServiceIndexUrl, IReadOnlyList<string> Owners, string AllowUntrustedRoot);
