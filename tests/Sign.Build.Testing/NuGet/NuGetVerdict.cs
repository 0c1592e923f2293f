namespace Sign.Build.Testing;

/// <summary>What NuGet says about a package.</summary>
/// <param name="ClientErrors">NU codes of NuGet's verifier with nuget.org's settings; <c>Unsigned</c>, <c>Invalid</c> (no code given) or the name of an exception.</param>
/// <param name="ClientWarnings">NU codes.</param>
/// <param name="ServerErrors">What nuget.org's own steps around the verifier reject.</param>
/// <param name="Messages">Texts of all issues.</param>
public sealed record NuGetVerdict(
    IReadOnlyList<string> ClientErrors,
    IReadOnlyList<string> ClientWarnings,
    IReadOnlyList<string> ServerErrors,
    IReadOnlyList<string> Messages)
{
    /// <summary>Whether NuGet's verifier accepts it.</summary>
    public bool ClientAccepts => ClientErrors.Count == 0;

    /// <summary>Whether nuget.org would accept it, as far as is known.</summary>
    public bool IsAccepted => ClientAccepts && ServerErrors.Count == 0;

    public override string ToString() =>
        $"client [{string.Join(' ', ClientErrors)}] server [{string.Join(' ', ServerErrors)}] warnings [{string.Join(' ', ClientWarnings)}] {string.Join(" | ", Messages)}";
}
