namespace Sign.Build.Testing;

/// <summary>A package with something wrong, or unusual, and what is to be said about it.</summary>
/// <param name="Name">Short name, unique.</param>
/// <param name="Create">Makes its bytes.</param>
/// <param name="NuGet">A code of NuGet's verifier with nuget.org's settings, or a name that <see cref="NuGetVerdict"/> uses; empty: the verifier accepts it.</param>
/// <param name="NuGetOrg">SGN codes of all errors under policy NuGetOrg, in order and separated by blanks; empty: accepted.</param>
/// <param name="Private">The same under policy Private.</param>
public sealed record BrokenPackage(string Name, Func<byte[]> Create, string NuGet, string NuGetOrg, string Private)
{
    public override string ToString() => Name;
}
