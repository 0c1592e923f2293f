using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Core.Timestamping;

/// <summary>A timestamp that may be embedded: it belongs to the signature, and the rules accept it.</summary>
/// <param name="Token">The RFC 3161 token. Its certificate set holds the chain of the authority, with the root where that is known.</param>
/// <param name="Time">The time that the token attests, UTC.</param>
/// <param name="Authority">Who gave it, as it may be shown to anybody.</param>
public sealed record Timestamp(SignedCms Token, DateTimeOffset Time, string Authority);
