namespace Sign.Build.Core.Chains;

/// <summary>What is known about the revocation of one certificate.</summary>
/// <param name="Kind"><see cref="ChainProblemKind.Revoked"/>, <see cref="ChainProblemKind.RevocationUnknown"/>, or null: not revoked.</param>
/// <param name="Detail">Why; a part of a sentence.</param>
internal sealed record RevocationAnswer(ChainProblemKind? Kind, string Detail)
{
    public static RevocationAnswer Good { get; } = new(null, "");

    public static RevocationAnswer Unknown(string detail) => new(ChainProblemKind.RevocationUnknown, detail);
}
