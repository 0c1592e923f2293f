namespace Sign.Build.Core.Verification;

/// <summary>Something that is malformed in a package's signature or timestamp, found while it was read.</summary>
/// <param name="NuGetCode">The code under which NuGet reports it, <c>NU30nn</c>, or null where NuGet does not look.</param>
/// <param name="Reason">What is wrong, as a part of a sentence, fit for a log.</param>
public sealed record SignatureDefect(string? NuGetCode, string Reason);
