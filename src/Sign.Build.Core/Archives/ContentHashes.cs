using System.Security.Cryptography;

namespace Sign.Build.Core.Archives;

/// <summary>The hashes of a package's content that one pass over the file gave.</summary>
public sealed class ContentHashes
{
    private readonly Dictionary<HashAlgorithmName, byte[]> _values;

    internal ContentHashes(Dictionary<HashAlgorithmName, byte[]> values)
    {
        _values = values;
    }

    /// <summary>The algorithms there is a hash for.</summary>
    public IReadOnlyCollection<HashAlgorithmName> Algorithms => _values.Keys;

    /// <summary>The hash by <paramref name="algorithm"/>, which must be one of those that were asked for.</summary>
    public ReadOnlyMemory<byte> this[HashAlgorithmName algorithm] => _values[algorithm];
}
