namespace Sign.Build.Core.Archives;

/// <summary>What a package calls itself in its manifest.</summary>
/// <param name="Id">The id, as written.</param>
/// <param name="Version">The version, normalised as in file names: <c>1.0</c> is <c>1.0.0</c>, build metadata is dropped.</param>
public sealed record PackageIdentity(string Id, string Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
