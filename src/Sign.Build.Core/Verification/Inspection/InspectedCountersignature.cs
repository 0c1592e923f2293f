namespace Sign.Build.Core.Verification;

/// <summary>A signature over the primary signature, such as the one that nuget.org adds.</summary>
public sealed record InspectedCountersignature : InspectedSigner;
