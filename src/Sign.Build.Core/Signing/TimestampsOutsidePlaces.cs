using Sign.Build.Core.Timestamping;

namespace Sign.Build.Core.Signing;

/// <summary>An authority whose answer is waited for outside the place that the package has.</summary>
/// <param name="authority">The authority.</param>
/// <param name="places">The places.</param>
internal sealed class TimestampsOutsidePlaces(ITimestampAuthority authority, SigningPlaces places) : ITimestampAuthority
{
    public string Name => authority.Name;

    public Task<Timestamp> TimestampAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken) =>
        places.WaitOutsideAsync(() => authority.TimestampAsync(signatureValue, cancellationToken));
}
