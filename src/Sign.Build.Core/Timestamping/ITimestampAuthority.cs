namespace Sign.Build.Core.Timestamping;

/// <summary>Gives RFC 3161 timestamps. May be used by several threads at once.</summary>
public interface ITimestampAuthority
{
    /// <summary>Who it is, as it may be shown to anybody.</summary>
    string Name { get; }

    /// <summary>Gets a timestamp over the value of a CMS signature.</summary>
    /// <param name="signatureValue">The signature bytes of the signer info; their hash is what the authority sees.</param>
    /// <param name="cancellationToken">Ends the operation at once.</param>
    /// <exception cref="SignBuildException">SGN4001: there is no acceptable token.</exception>
    Task<Timestamp> TimestampAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken);
}
