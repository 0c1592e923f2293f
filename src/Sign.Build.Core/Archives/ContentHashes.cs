using System.Security.Cryptography;

namespace Sign.Build.Core.Archives;

/// <summary>The hashes of a package's content that one pass over the file gave.</summary>
public sealed class ContentHashes
{
    private readonly Dictionary<string, byte[]> _values;

    internal ContentHashes(IEnumerable<KeyValuePair<string, byte[]>> values)
    {
        _values = new Dictionary<string, byte[]>(values);
    }

    /// <summary>No hash at all.</summary>
    public static ContentHashes None { get; } = new([]);

    /// <summary>The hash by <paramref name="algorithm"/>, which must be one of those that were asked for.</summary>
    public ReadOnlyMemory<byte> this[HashAlgorithmName algorithm] => _values[algorithm.Name!];

    /// <summary>The hash by <paramref name="algorithm"/>; null where it was not asked for.</summary>
    public byte[]? Find(HashAlgorithmName algorithm) => _values.GetValueOrDefault(algorithm.Name!);
}
