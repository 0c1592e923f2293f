namespace Sign.Build.Core.Verification;

/// <summary>
/// How much of what a signature carries is looked at. Real ones have ten certificates and one of everything else; the platform
/// searches all certificates for each signer, so that a signature full of both would keep it busy for minutes.
/// </summary>
internal static class InspectionLimits
{
    public const int Certificates = 128;
    public const int Timestamps = 16;
    public const int Countersignatures = 16;
}
